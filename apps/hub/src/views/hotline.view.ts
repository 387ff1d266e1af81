import { claimVisibleTo } from '@claimline/claims';
import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import { searchQuery } from '@claimline/messages';
import type { HotlineClaim } from '@claimline/protocol';

interface Row extends Omit<HotlineClaim, 'last'> {
  readonly last_text: string | null;
  readonly last_direction: 'inbound' | 'outbound' | 'internal';
  readonly last_channel: string;
  readonly last_at: Date;
  readonly last_conversation: string;
}

const MOST = 12;

/** What somebody on the phone may mean, with what they will ask: stage, next step, last words. */
export class HotlineView {
  constructor(private readonly queries: Queries) {}

  async claims(viewer: Viewer, text: string): Promise<HotlineClaim[]> {
    const query = searchQuery(text);
    if (!query) return [];
    // A caller's own number finds the claims of whoever holds it; the match is made first, as in the claim search.
    const rows = await this.queries.query<Row>({
      name: 'hotline-claims',
      text: `WITH people AS MATERIALIZED (SELECT id FROM contacts WHERE words @@ $3::tsquery LIMIT 50),
             matched AS MATERIALIZED (SELECT id FROM claims WHERE words @@ $3::tsquery UNION SELECT claim_id FROM claim_parties WHERE contact_id IN (SELECT id FROM people)),
             shown AS MATERIALIZED (SELECT c.* FROM claims c WHERE c.id IN (SELECT id FROM matched) AND ${claimVisibleTo('c', 1)} ORDER BY (c.stage = 'closed'), c.updated_at DESC LIMIT ${MOST})
             SELECT c.number, c.stage, c.sub_status AS "subStatus", c.line_of_business AS line, c.plate, c.policy_number AS "policyNumber", c.next_step AS "nextStep",
               c.promised_by::text AS "promisedBy", coalesce(a.name, c.handler_name) AS handler,
               coalesce((SELECT name FROM claim_parties p WHERE p.claim_id = c.id ORDER BY (p.role = 'policyholder') DESC, p.id LIMIT 1), '') AS who,
               said.text AS last_text, said.direction AS last_direction, said.channel AS last_channel, said.at AS last_at, said.conversation AS last_conversation
             FROM shown c LEFT JOIN accounts a ON a.id = c.handler_id
             LEFT JOIN LATERAL (SELECT v.preview AS text, v.preview_direction AS direction, v.channel, v.last_message_at AS at, v.id AS conversation FROM conversations v
               WHERE v.claim_id = c.id AND v.preview <> '' AND ${visibleTo('v', 1)} ORDER BY v.last_message_at DESC LIMIT 1) said ON true
             ORDER BY (c.stage = 'closed'), c.updated_at DESC`,
      values: [...visibleValues(viewer), query],
    });
    return rows.map(({ last_text, last_direction, last_channel, last_at, last_conversation, ...claim }) => ({
      ...claim,
      last:
        last_text === null
          ? null
          : {
              text: last_text,
              direction: last_direction,
              channel: last_channel,
              at: last_at.toISOString(),
              conversationId: last_conversation,
            },
    }));
  }
}
