import { ClaimRepository, Documents } from '@claimline/claims';
import type { Transaction } from '@claimline/database';

/** What is needed to give claims their checklists. */
export interface ClaimPapers {
  readonly claims: ClaimRepository;
  readonly documents: Documents;
}

/** Claims that have just entered or changed get what their checklists lack, in the same transaction. */
export async function fillChecklists(
  tx: Transaction,
  { claims, documents }: ClaimPapers,
  numbers: readonly string[],
  at: Date,
): Promise<void> {
  await documents.fill(tx, [...(await claims.hold(tx, numbers)).values()], at);
}
