import type { Queries } from '@claimline/database';

/** Which claims are whose, by the claim core's own ids: for scripts that drive a demo. */
export class ClaimsOfCustomers {
  constructor(private readonly queries: Queries) {}

  /** Claim numbers by the external id of the policyholder, newest claim last. */
  async byPolicyholder(): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.queries.query<{ external_id: string; numbers: string[] }>({
      name: 'claims-of-customers',
      text: `SELECT p.external_id, array_agg(c.number ORDER BY c.created_at, c.number) AS numbers FROM claim_parties p JOIN claims c ON c.id = p.claim_id
             WHERE p.role = 'policyholder' GROUP BY p.external_id`,
      values: [],
    });
    return new Map(rows.map(({ external_id, numbers }) => [external_id, numbers]));
  }
}
