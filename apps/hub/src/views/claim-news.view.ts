import type { Queries } from '@claimline/database';
import type { LineOfBusiness } from '@claimline/messages';
import { AFTERCARE_CLAIM, type AftercareClaim } from './aftercare.view';
import { RESTRICTED_TO } from './party-claims.view';

/** A claim and the group that alone may see it; null: everybody may. */
export interface Walled {
  readonly id: string;
  readonly restrictedTo: string | null;
}

/** A claim that has changed, as those who follow it up see it. */
export interface ClaimNews extends AftercareClaim, Walled {
  /** A conversation of it stands behind another wall, or behind none. */
  readonly isWalledOtherwise: boolean;
  /** Somebody else speaks for a party than what is written down. */
  readonly isRepresentedOtherwise: boolean;
  /** The claim core has promised something that is neither kept nor broken. */
  readonly isPromised: boolean;
  /** Its acknowledgement has a clock, in whatever state. */
  readonly isClocked: boolean;
  readonly jurisdiction: string;
  readonly line: LineOfBusiness | null;
  /** Conversations that are not closed. */
  readonly conversationIds: readonly string[];
}

const NEWS = `
  SELECT known.*, ${RESTRICTED_TO} AS "restrictedTo", c.jurisdiction, c.line_of_business AS line,
    EXISTS (SELECT FROM conversations o WHERE o.claim_id = c.id AND o.restricted_to IS DISTINCT FROM ${RESTRICTED_TO}) AS "isWalledOtherwise",
    EXISTS (SELECT FROM claim_parties p LEFT JOIN representations r ON r.party_id = p.id AND r.ended_at IS NULL
      WHERE p.claim_id = c.id AND p.represented_by_id IS DISTINCT FROM r.counsel_id) AS "isRepresentedOtherwise",
    EXISTS (SELECT FROM promises WHERE claim_id = c.id AND source = 'claim-core' AND settled_at IS NULL) AS "isPromised",
    EXISTS (SELECT FROM clocks WHERE claim_id = c.id AND policy LIKE 'ack.%') AS "isClocked",
    ARRAY(SELECT id FROM conversations WHERE claim_id = c.id AND status <> 'resolved' ORDER BY id) AS "conversationIds"
  FROM (${AFTERCARE_CLAIM}) AS known JOIN claims c ON c.id = known.id`;

/**
 * One look at a claim for all who follow up on its change: the wall, who speaks for whom, promises, clocks, routes. Each asks for itself, and a transaction
 * asks the database once until one of them writes; most changes call for nothing.
 */
export class ClaimNewsView {
  /** Undefined: there is no such claim. */
  async of(queries: Queries, number: string): Promise<ClaimNews | undefined> {
    const [row] = await queries.query<ClaimNews>({ name: 'claim-news', text: NEWS, values: [number] });
    return row;
  }

  /** The claims of conversations that stand behind another wall than their claim, held as they are: who changes one of them waits until this is over. */
  walledOtherwise(queries: Queries, conversationIds: readonly string[]): Promise<Walled[]> {
    return queries.query<Walled>({
      name: 'claims-walled-otherwise',
      text: `SELECT c.id, ${RESTRICTED_TO} AS "restrictedTo" FROM claims c WHERE c.id IN (
               SELECT o.claim_id FROM conversations o JOIN claims c ON c.id = o.claim_id
               WHERE o.id = ANY ($1::uuid[]) AND o.restricted_to IS DISTINCT FROM ${RESTRICTED_TO}) ORDER BY c.id FOR SHARE`,
      values: [conversationIds],
    });
  }
}
