import { ClaimIntake, type ClaimMirror, type ClaimOutcome, type IncomingClaimEvent, type IntakeResult } from '@claimline/claims';
import { Journal } from '@claimline/conversations';
import { Outbox, type Clock, type Transaction } from '@claimline/database';
import type { BindReport } from './bind-report';
import type { EnrollParties } from './enroll-parties';
import type { ClaimPapers } from './fill-checklists';

// What a person has to look at, and under which name it stands among what needs a look.
const NEEDS_LOOK: Partial<Record<ClaimOutcome, string>> = {
  'unknown-stage': 'unknown-stage',
  anomaly: 'claim-anomaly',
  conflict: 'claim-anomaly',
};

const keyOf = (claimEventId: string): string => `claim-event ${claimEventId}`;

/** A claim event comes in: mirror, contacts of its parties, its checklist, and whatever a person has to look at, in one transaction. */
export class ChangeClaim {
  constructor(
    private readonly intake: ClaimIntake,
    private readonly parties: EnrollParties,
    private readonly journal: Journal,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly reports: BindReport,
    private readonly papers: ClaimPapers,
  ) {}

  /** Events that came together; each has its own result, in their order. */
  async take(tx: Transaction, incoming: readonly IncomingClaimEvent[]): Promise<IntakeResult[]> {
    const results = await this.intake.take(tx, incoming);
    await this.finish(tx, results);
    return results;
  }

  /** Looks again at an event that waits; `confirmedBy` says that its forbidden edge is right. Undefined: it does not wait. */
  async reconsider(tx: Transaction, claimEventId: string, confirmedBy: string | null): Promise<IntakeResult | undefined> {
    const result = await this.intake.reconsider(tx, claimEventId, confirmedBy);
    if (result && !NEEDS_LOOK[result.outcome]) await this.takeFromPerson(tx, claimEventId, confirmedBy);
    if (result) await this.finish(tx, [result]);
    return result;
  }

  private async finish(tx: Transaction, results: readonly IntakeResult[]): Promise<void> {
    const at = this.clock.now();
    await this.parties.enroll(
      tx,
      results.flatMap(({ parties }) => parties),
      at,
    );
    for (const { draftId, claimNumber } of results) if (draftId) await this.reports.bind(tx, draftId, claimNumber, at);
    await this.papers.documents.fill(tx, changedBy(results), at);
    for (const result of results) {
      const reason = NEEDS_LOOK[result.outcome];
      if (reason) await this.putBeforePerson(tx, result, { reason, at });
    }
  }

  private async takeFromPerson(tx: Transaction, claimEventId: string, by: string | null): Promise<void> {
    const at = this.clock.now();
    const id = await this.journal.settleByKey(tx, keyOf(claimEventId), { state: 'replayed', by, at });
    if (id)
      await this.outbox.append(tx, at, [{ type: 'needs-look.closed', conversationId: null, payload: { itemId: id, state: 'replayed' } }]);
  }

  private async putBeforePerson(
    tx: Transaction,
    result: IntakeResult,
    { reason, at }: { readonly reason: string; readonly at: Date },
  ): Promise<void> {
    const detail = `${result.claimNumber}: ${result.detail ?? ''}`;
    const id = await this.journal.putBeforePerson(tx, {
      inboxId: null,
      rawId: null,
      rawAt: null,
      reason,
      detail,
      key: keyOf(result.claimEventId!),
      at,
    });
    if (id) await this.outbox.append(tx, at, [{ type: 'needs-look.opened', conversationId: null, payload: { itemId: id, reason } }]);
  }
}

/** The claims that have changed, each as it is after the last of its events. */
const changedBy = (results: readonly IntakeResult[]): ClaimMirror[] => [
  ...new Map(results.flatMap(({ claim }) => (claim ? [[claim.number, claim]] : []))).values(),
];
