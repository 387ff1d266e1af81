import { reportHints } from '@claimline/assist';
import { claimVisibleTo } from '@claimline/claims';
import { visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';

/** A claim that a conversation may be about, and what speaks for it. */
export interface SuggestedClaim {
  readonly number: string;
  readonly stage: string;
  readonly line: string;
  readonly reason: 'plate-in-text' | 'policy-in-text';
}

const MOST_MESSAGES = 10;
const MOST = 3;

/** Claims that an unknown sender's own words point to: by a plate, by the end of a policy number. A person decides. */
export class SuggestedClaims {
  async of(queries: Queries, viewer: Viewer, conversationId: string): Promise<SuggestedClaim[]> {
    const said = await queries.query<{ text: string }>({
      name: 'suggested-claims-said',
      text: `SELECT text FROM messages WHERE conversation_id = $1 AND direction = 'inbound' ORDER BY occurred_at DESC, id DESC LIMIT ${MOST_MESSAGES}`,
      values: [conversationId],
    });
    const { plate, policy } = reportHints(said.map(({ text }) => text).join('\n'));
    if (!plate && !policy) return [];
    return queries.query<SuggestedClaim>({
      name: 'suggested-claims',
      text: `SELECT c.number, c.stage, c.line_of_business AS line, CASE WHEN regexp_replace(upper(c.plate), '[^[:alnum:]]', '', 'g') = $3 THEN 'plate-in-text' ELSE 'policy-in-text' END AS reason
             FROM claims c WHERE c.stage <> 'closed' AND ${claimVisibleTo('c', 1)}
               AND (regexp_replace(upper(c.plate), '[^[:alnum:]]', '', 'g') = $3 OR upper(c.policy_number) LIKE '%' || $4)
             ORDER BY c.updated_at DESC LIMIT ${MOST}`,
      values: [...visibleValues(viewer), plate ? plain(plate) : null, policy && policy.length >= 4 ? plain(policy) : null],
    });
  }
}

const plain = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
