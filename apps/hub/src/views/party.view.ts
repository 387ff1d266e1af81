import { RESTRICTING_FLAGS } from '@claimline/claims';
import type { Queries } from '@claimline/database';

/** A party of a claim and the contact behind it. */
export interface Party {
  readonly claimId: string;
  readonly number: string;
  readonly brandId: string;
  readonly partyId: string;
  readonly contactId: string | null;
  /** The group that alone may see the claim. */
  readonly restrictedTo: string | null;
}

/** Finds a party of a claim: the one that is named, else the policyholder. */
export class PartyView {
  async of(queries: Queries, claimNumber: string, partyId: string | null): Promise<Party | undefined> {
    const [row] = await queries.query<Party>({
      name: 'party-of',
      text: `SELECT c.id AS "claimId", c.number, c.brand_id AS "brandId", p.id AS "partyId", p.contact_id AS "contactId",
               (SELECT flag FROM unnest(c.flags) AS flag WHERE flag = ANY ($3::text[]) LIMIT 1) AS "restrictedTo"
             FROM claims c JOIN claim_parties p ON p.claim_id = c.id
             WHERE c.number = $1 AND ($2::uuid IS NULL OR p.id = $2) ORDER BY (p.role = 'policyholder') DESC, p.id LIMIT 1`,
      values: [claimNumber, partyId, RESTRICTING_FLAGS],
    });
    return row;
  }
}
