import { CHECKLIST_SEED, ClaimRepository, wantedItems } from '@claimline/claims';
import { newId, type Transaction } from '@claimline/database';
import type { PlannedClaim } from './claims-plan';
import type { SeedRows } from './rows.repository';
import type { SeededClaim } from './write-claims';

const DAY_MS = 24 * 3_600_000;
// From here on a claim has its papers.
const COMPLETE = ['investigation', 'assessment', 'decided', 'settlement', 'payment', 'closed'];

/** Gives every claim its checklist as its stage has it: nothing asked yet, some papers awaited, or all of them accepted. */
export async function writeDocuments(
  { tx, rows, now }: { readonly tx: Transaction; readonly rows: SeedRows; readonly now: Date },
  planned: readonly PlannedClaim[],
  claims: readonly SeededClaim[],
): Promise<void> {
  const mirrors = await new ClaimRepository().hold(
    tx,
    claims.map(({ number }) => number),
  );
  const items = planned.flatMap((claim, index) => {
    const wanted = wantedItems(mirrors.get(claims[index]!.number)!, CHECKLIST_SEED);
    return wanted.map((item) => ({
      ...standing(claim, item.place, now),
      id: newId(now),
      claim_id: claims[index]!.id,
      party_id: item.partyId,
      code: item.code,
      place: item.place,
    }));
  });
  await rows.insert('document_items', items);
}

function standing({ steps }: PlannedClaim, place: number, now: Date) {
  const last = steps.at(-1)!;
  const entered = steps.find(({ stage }) => stage === 'documents')?.at ?? last.at;
  const base = { created_at: steps[0]!.at, version: 1, asked: 0, state: 'open' };
  if (COMPLETE.includes(last.stage)) {
    const decided = new Date(Math.min(now.getTime(), entered.getTime() + DAY_MS));
    return { ...base, asked: 1, state: 'accepted', requested_at: entered, received_at: entered, decided_at: decided };
  }
  if (last.stage !== 'documents') return base;
  // Half of what was asked for is here.
  return place % 2 === 0
    ? { ...base, asked: 1, state: 'received', requested_at: entered, received_at: entered }
    : { ...base, asked: 1, state: 'requested', requested_at: entered };
}
