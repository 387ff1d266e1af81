import type { Outbox, Queries, Transaction } from '@claimline/database';
import { nextReminder, remindersDue, REMINDER_DAYS } from './ask-once';
import { isAwaited } from './document-item';
import type { DocumentRequests } from './document-requests.repository';
import type { DocumentItem, DocumentRequest } from './documents.entity';
import type { DocumentStore } from './documents.repository';

/** A request whose time has come, with what its party still owes. */
export interface DueRequest {
  readonly request: DocumentRequest;
  /** What this very message is about. */
  readonly about: readonly DocumentItem[];
  /** Everything that the party was asked for and has not delivered. */
  readonly awaited: readonly DocumentItem[];
}

const AT_ONCE = 50;

/** When requests leave, and when customers are reminded: as long as something is awaited, and no longer. */
export class DocumentReminders {
  constructor(
    private readonly store: DocumentStore,
    private readonly requests: DocumentRequests,
    private readonly outbox: Outbox,
  ) {}

  due(queries: Queries, now: Date): Promise<{ id: string; what: 'tell' | 'remind' }[]> {
    return this.requests.due(queries, now, AT_ONCE);
  }

  /** The request, held, if it is still to be told (or to be reminded of); what is no longer wanted ends here. */
  async hold(tx: Transaction, id: string, what: 'tell' | 'remind', now: Date): Promise<DueRequest | undefined> {
    const request = await this.requests.lock(tx, id);
    const isDue = what === 'tell' ? request?.state === 'waiting' : request?.remindAt && request.remindAt <= now;
    if (!request || !isDue) return undefined;
    const items = (await this.store.items(tx, [request.claimId])).filter(({ partyId }) => partyId === request.partyId);
    const awaited = items.filter(({ state }) => isAwaited(state));
    const about = awaited.filter(
      ({ id: itemId, state }) => request.itemIds.includes(itemId) && (request.kind === 'request' || state === 'rejected'),
    );
    if (what === 'tell' ? about.length > 0 : awaited.length > 0) return { request, about, awaited };
    await this.stop(tx, request, what === 'tell' ? 'canceled' : request.state);
    return undefined;
  }

  /** Nobody is reminded any more. */
  stop(tx: Transaction, request: DocumentRequest, state: DocumentRequest['state'] = request.state): Promise<void> {
    return this.requests.save(tx, { ...request, state, remindAt: null });
  }

  /** The message is on its way, or (no notice) nobody could be told. */
  async told(tx: Transaction, request: DocumentRequest, noticeId: string | null, now: Date): Promise<void> {
    const state = noticeId ? 'told' : 'not-sent';
    const remindAt = noticeId ? nextReminder(now, 0)! : null;
    await this.requests.save(tx, { ...request, state, toldAt: now, noticeId, remindAt });
    if (noticeId) await this.requests.stopReminding(tx, request, request.id);
    await this.outbox.append(tx, now, [
      { type: 'document.requested', conversationId: null, payload: { claimId: request.claimId, requestId: request.id, state } },
    ]);
  }

  /** A reminder has gone. True: it was the last one, from here a person goes on. */
  async reminded(tx: Transaction, request: DocumentRequest, now: Date): Promise<boolean> {
    const reminders = remindersDue(request.toldAt!, now);
    await this.requests.save(tx, { ...request, reminders, remindAt: nextReminder(request.toldAt!, reminders) ?? null });
    return reminders >= REMINDER_DAYS.length;
  }

  /** The message of a notice has arrived, by evidence. */
  arrived(tx: Transaction, noticeId: string, at: Date): Promise<DocumentRequest | undefined> {
    return this.requests.arrived(tx, noticeId, at);
  }
}
