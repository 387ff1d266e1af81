import { claimVisibleTo, DEFENCE_COUNSEL, RESTRICTING_FLAGS } from '@claimline/claims';
import { visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';

/** A claim of which somebody is a party. */
export interface PartyClaim {
  readonly claimId: string;
  readonly number: string;
  readonly partyId: string;
  readonly stage: string;
  readonly line: string;
  readonly restrictedTo: string | null;
}

/** A claim by its number, with the party that somebody is in it. */
export interface NamedClaim {
  readonly claimId: string;
  readonly number: string;
  readonly brandId: string;
  readonly partyId: string | null;
  readonly restrictedTo: string | null;
}

/** In SQL, the group that alone may see a claim `c`, or null: of several flags that close a claim the first. */
export const RESTRICTED_TO = `c.flags[least(${RESTRICTING_FLAGS.map((flag) => `array_position(c.flags, '${flag}')`).join(', ')})]`;

const SELECT = `
  SELECT c.id AS "claimId", c.number, p.id AS "partyId", c.stage, c.line_of_business AS line,
    ${RESTRICTED_TO} AS "restrictedTo"
  FROM claim_parties p JOIN claims c ON c.id = p.claim_id`;

/** Which claims belong to a contact: for placing messages and for the which-claim question. */
export class PartyClaims {
  /** The claims with these numbers of which the contact is a party. */
  async named(queries: Queries, contactId: string, numbers: readonly string[]): Promise<PartyClaim[]> {
    if (numbers.length === 0) return [];
    return queries.query<PartyClaim>({
      name: 'party-claims-named',
      text: `${SELECT} WHERE p.contact_id = $1 AND c.number = ANY ($2) ORDER BY array_position($2, c.number)`,
      values: [contactId, numbers],
    });
  }

  /** The open claims of a contact, latest first. */
  async openOf(queries: Queries, contactId: string): Promise<PartyClaim[]> {
    return queries.query<PartyClaim>({
      name: 'party-claims-open',
      text: `${SELECT} WHERE p.contact_id = $1 AND c.stage <> 'closed' ORDER BY c.updated_at DESC, c.id`,
      values: [contactId],
    });
  }

  /** The open claims of a contact that this person may see, latest first. */
  async openFor(queries: Queries, viewer: Viewer, contactId: string): Promise<PartyClaim[]> {
    return queries.query<PartyClaim>({
      name: 'party-claims-open-visible',
      text: `${SELECT} WHERE p.contact_id = $1 AND c.stage <> 'closed' AND ${claimVisibleTo('c', 2)} ORDER BY c.updated_at DESC, c.id`,
      values: [contactId, ...visibleValues(viewer)],
    });
  }

  /** Whether a contact is our own counsel in a claim. */
  async isDefenceCounsel(queries: Queries, claimId: string, contactId: string): Promise<boolean> {
    const rows = await queries.query({
      name: 'party-claims-defence',
      text: 'SELECT FROM claim_parties WHERE claim_id = $1 AND contact_id = $2 AND role = $3',
      values: [claimId, contactId, DEFENCE_COUNSEL],
    });
    return rows.length > 0;
  }

  /** One claim by its number, with the party that a contact is in it (or any named one). */
  async byNumber(queries: Queries, number: string, contactId: string | null, partyId: string | null): Promise<NamedClaim | undefined> {
    const [row] = await queries.query<NamedClaim>({
      name: 'party-claims-by-number',
      text: `SELECT c.id AS "claimId", c.number, c.brand_id AS "brandId",
               coalesce((SELECT id FROM claim_parties WHERE claim_id = c.id AND id = $3), (SELECT id FROM claim_parties WHERE claim_id = c.id AND contact_id = $2 LIMIT 1)) AS "partyId",
               ${RESTRICTED_TO} AS "restrictedTo"
             FROM claims c WHERE c.number = $1`,
      values: [number, contactId, partyId],
    });
    return row;
  }
}
