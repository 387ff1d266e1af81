import type { Queries } from '@claimline/database';

/** Which claims are whose, by the claim core's own ids: for scripts that drive a demo. */
export class ClaimsOfCustomers {
  constructor(private readonly queries: Queries) {}

  /** Claim numbers of these policyholders by the external id of each, newest claim last. Whoever has none is not in it. */
  async byPolicyholder(externalIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.queries.query<{ external_id: string; numbers: string[] }>({
      name: 'claims-of-customers',
      text: `SELECT k.external_id, array_agg(c.number ORDER BY c.created_at, c.number) AS numbers
             FROM contacts k CROSS JOIN LATERAL unnest(ARRAY[k.id, k.merged_into]) AS holder(id)
               JOIN claim_parties p ON p.contact_id = holder.id AND p.external_id = k.external_id AND p.role = 'policyholder' JOIN claims c ON c.id = p.claim_id
             WHERE k.external_id = ANY ($1) GROUP BY k.external_id`,
      values: [externalIds],
    });
    return new Map(rows.map(({ external_id, numbers }) => [external_id, numbers]));
  }
}
