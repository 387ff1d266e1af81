import { ImportedPolicies, type Policy } from '@claimline/claims';
import type { Transaction } from '@claimline/database';
import type { PlannedClaim } from './claims-plan';

const YEAR_MS = 365 * 86_400_000;

/** The policies that the demo's claims are about, as an imported list: whoever calls is found by phone or plate. */
export async function writePolicies(tx: Transaction, claims: readonly PlannedClaim[], now: Date): Promise<void> {
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const policies = claims.flatMap(({ policyholder, change }): Policy[] =>
    change.policyNumber
      ? [
          {
            number: change.policyNumber,
            lineOfBusiness: change.lineOfBusiness ?? 'other',
            holder: policyholder.name,
            phone: policyholder.phone ?? null,
            plate: change.plate ?? null,
            startsOn: day(now.getTime() - YEAR_MS / 2),
            endsOn: day(now.getTime() + YEAR_MS / 2),
          },
        ]
      : [],
  );
  await new ImportedPolicies(tx).load(tx, policies, now);
}
