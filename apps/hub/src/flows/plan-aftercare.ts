import { Conversations } from '@claimline/conversations';
import type { LoggedEvent, Transaction } from '@claimline/database';
import { addWorkingDays, Calendars, Promises, Tasks } from '@claimline/quality';
import { AftercareSettings } from '../quality/aftercare-terms';
import type { AftercareClaim } from '../views/aftercare.view';
import { ClaimNewsView, type ClaimNews } from '../views/claim-news.view';

// Nobody is called about a claim that was never theirs to end.
const WITHOUT = ['duplicate'];
const keyOf = (claimId: string): string => `aftercare:${claimId}`;

/** What is written and kept after a claim has moved: the callback when it ends, and what the claim core promises. */
export class PlanAftercare {
  constructor(
    private readonly news: ClaimNewsView,
    private readonly conversations: Conversations,
    private readonly work: { readonly calendars: Calendars; readonly tasks: Tasks; readonly promises: Promises },
    private readonly terms: AftercareSettings,
  ) {}

  async onClaimChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    const { claimNumber, stage, previousStage, exposureId, stageChanged, claimEventId } = event.payload;
    const claim = await this.news.of(tx, String(claimNumber));
    if (!claim) return;
    await this.promise(tx, claim, {
      key: `claim-event:${String(claimEventId)}`,
      moved: stageChanged === true && stage !== previousStage,
      at: event.at,
    });
    if (exposureId !== null) return;
    if (stage === 'closed' && previousStage !== 'closed') await this.callBack(tx, claim, event.at, String(claimEventId));
    if (stage !== 'closed' && previousStage === 'closed') await this.withdraw(tx, claim, event.at);
  }

  private async promise(tx: Transaction, claim: ClaimNews, { key, moved, at }: { key: string; moved: boolean; at: Date }): Promise<void> {
    const { id, number, promisedUntil, nextStep, handlerId: ownerId, contactId } = claim;
    const due = promisedUntil && promisedUntil > at && claim.stage !== 'closed' ? promisedUntil : null;
    const next = due && { step: nextStep ?? claim.stage, dueAt: due, ownerId, contactId };
    if (!next && !claim.isPromised) return;
    await this.work.promises.follow(tx, { claim: { id, number }, key, next, moved }, at);
  }

  private async callBack(tx: Transaction, claim: AftercareClaim, at: Date, claimEventId: string): Promise<void> {
    const { id, number, brand, contactId, conversationId, handlerId: ownerId, language } = claim;
    if (!contactId || WITHOUT.includes(claim.subStatus ?? '')) return;
    if (conversationId) await this.conversations.lock(tx, conversationId);
    const { callbackDays } = await this.terms.read(tx);
    const calendar = await this.work.calendars.forBrand(tx, brand, at);
    const due = addWorkingDays(calendar, at, callbackDays);
    const params = { attempt: 1, script: 'aftercare', language };
    const about = { claim: { id, number }, conversationId, contactId, ownerId, params, due };
    await this.work.tasks.create(tx, { ...about, key: `${keyOf(id)}:${claimEventId}`, kind: 'callback', reason: 'aftercare' }, at);
  }

  // The claim goes on: nobody asks how it ended.
  private async withdraw(tx: Transaction, claim: AftercareClaim, at: Date): Promise<void> {
    if (claim.conversationId) await this.conversations.lock(tx, claim.conversationId);
    await this.work.tasks.settleClaim(tx, { claimId: claim.id, kind: 'callback', key: keyOf(claim.id) }, 'reopened', at);
  }
}
