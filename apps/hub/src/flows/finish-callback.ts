import { Conversations, type ConversationRow } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import type { Task } from '@claimline/protocol';
import {
  addWorkingDays,
  afterAttempt,
  CALLBACK_ISSUE,
  Calendars,
  Clocks,
  isNotReached,
  Tasks,
  type TaskEnd,
  type TaskRecord,
} from '@claimline/quality';
import { AftercareView, type AftercareClaim } from '../views/aftercare.view';
import { BrandView } from '../views/brand.view';
import { PartyClaims } from '../views/party-claims.view';
import type { SendReply } from './send-reply';

/** The label of a conversation that somebody's trouble after the end has opened. */
export const AFTERCARE_ISSUE = 'aftercare-issue';
const ISSUE = 'issue';

/** What counts time and work in a callback. */
export interface CallbackWork {
  readonly calendars: Calendars;
  readonly clocks: Clocks;
  readonly tasks: Tasks;
}

/** What a callback knows of claims and people. */
export interface CallbackFacts {
  readonly aftercare: AftercareView;
  readonly claims: PartyClaims;
  readonly brands: BrandView;
}

/** Somebody was called: reached or not, content or not; what follows is the next attempt, a written word instead, or a follow-up conversation. */
export class FinishCallback {
  constructor(
    private readonly work: CallbackWork,
    private readonly facts: CallbackFacts,
    private readonly conversations: Conversations,
    private readonly reply: SendReply,
    private readonly outbox: Outbox,
  ) {}

  /** The caller holds the task's conversation. Undefined when it was not open any more. */
  async complete(tx: Transaction, task: Task, end: TaskEnd): Promise<{ readonly task: TaskRecord } | undefined> {
    const brand = await this.brandOf(tx, task);
    const calendar = await this.work.calendars.forBrand(tx, brand, end.at);
    const number = Number(task.params['attempt'] ?? 1);
    const { outcome, next } = afterAttempt({ number, outcome: end.outcome, next: end.next ?? null, at: end.at }, calendar);
    const nextParams = { attempt: isNotReached(outcome) ? number + 1 : 1 };
    const done = await this.work.tasks.complete(tx, task.id, { ...end, outcome, next, nextParams });
    if (done && outcome === 'unreachable') await this.writeInstead(tx, done.task, addWorkingDays(calendar, end.at, 1), end.at);
    if (done && outcome === ISSUE) await this.followUp(tx, done.task, { end, brand });
    return done;
  }

  private async brandOf(tx: Transaction, task: Task): Promise<{ id: string; timeZone: string }> {
    const row = task.conversationId ? await this.conversations.find(tx, task.conversationId) : undefined;
    const claim = !row && task.claim ? await this.facts.aftercare.claim(tx, task.claim) : undefined;
    if (claim) return claim.brand;
    const brand = (row && (await this.facts.brands.find(row.brand_id))) ?? (await this.facts.brands.first([]));
    return { id: brand.id, timeZone: brand.time_zone };
  }

  private async writeInstead(tx: Transaction, task: TaskRecord, due: Date, at: Date): Promise<void> {
    const { claimId, claimNumber, conversationId, contactId, ownerId, teamId } = task;
    const claim = claimId && claimNumber ? { id: claimId, number: claimNumber } : null;
    const about = { claim, conversationId, contactId, ownerId, teamId, params: { callback: task.id }, due };
    await this.work.tasks.create(tx, { ...about, key: `unreachable:${task.id}`, kind: 'send-another-way', reason: 'unreachable' }, at);
  }

  private async followUp(
    tx: Transaction,
    task: TaskRecord,
    { end, brand }: { end: TaskEnd; brand: { id: string; timeZone: string } },
  ): Promise<void> {
    const claim = task.claimNumber ? await this.facts.aftercare.claim(tx, task.claimNumber) : undefined;
    const row = await this.open(tx, task, claim, { at: end.at, brandId: brand.id });
    if (!row) return;
    const owner = claim?.handlerId ?? end.by;
    await this.conversations.assign(tx, row.id, owner);
    const labels = await this.conversations.label(tx, row.id, [AFTERCARE_ISSUE]);
    await this.conversations.awaitReply(tx, row.id);
    if (end.by && end.note) await this.reply.note(tx, row, { authorId: end.by, text: end.note, attachments: [], at: end.at });
    const place = { conversationId: row.id, claimId: row.claim_id, brand };
    await this.work.clocks.begin(tx, place, CALLBACK_ISSUE, { at: end.at, startedBy: { task: task.id } });
    await this.conversations.setNextDue(tx, row.id, await this.work.clocks.nextDue(tx, row.id));
    await this.outbox.append(tx, end.at, [
      { type: 'conversation.labeled', conversationId: row.id, payload: { labels } },
      { type: 'conversation.assigned', conversationId: row.id, payload: { assigneeId: owner, actorId: end.by, cause: 'person' } },
    ]);
  }

  // The one that is still open is it; else a new one, linked to what was said before.
  private async open(
    tx: Transaction,
    task: TaskRecord,
    claim: AftercareClaim | undefined,
    { at, brandId }: { at: Date; brandId: string },
  ): Promise<ConversationRow | undefined> {
    const before = task.conversationId ? await this.conversations.find(tx, task.conversationId) : undefined;
    const contactId = task.contactId ?? before?.contact_id;
    if (!contactId) return undefined;
    const named = claim && (await this.facts.claims.byNumber(tx, claim.number, contactId, null));
    const { id, made } = await this.conversations.openFor(tx, {
      contactId,
      brandId,
      teamId: task.teamId,
      channel: before?.channel ?? 'twilio-voice',
      inboxId: before?.inbox_id ?? null,
      addressId: before?.address_id ?? null,
      language: before?.language ?? claim?.language ?? null,
      linkedFrom: before?.id ?? null,
      claim: named ? { id: named.claimId, number: named.number, partyId: named.partyId, restrictedTo: named.restrictedTo } : null,
      at,
    });
    if (made) await this.outbox.append(tx, at, [{ type: 'conversation.opened', conversationId: id, payload: { contactId } }]);
    return this.conversations.lock(tx, id);
  }
}
