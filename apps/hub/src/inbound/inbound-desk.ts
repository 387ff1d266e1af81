import { createHash } from 'node:crypto';
import { isPlain, Journal, Receiver, TooBusy, type RawDelivery } from '@claimline/conversations';
import { Database, Outbox, type Clock, type Transaction } from '@claimline/database';
import type { Address, Inbound, InboundEvent, InboundMessage, InboundOutcome, Log } from '@claimline/messages';
import type { Receipt } from '../flows/record-delivery';
import { isDatabaseDown } from '../http/problem.filter';
import { inboundCounter } from '../operations/metrics';
import type { DoorTraffic } from './door-traffic';
import { OpenInboxes, type OpenInbox } from './open-inboxes';

/** Everything that one event needs to be stored. */
export interface Event<Kind extends InboundEvent['kind'] = InboundEvent['kind']> {
  readonly inbox: OpenInbox;
  readonly event: Extract<InboundEvent, { kind: Kind }>;
  readonly rawId: string;
  readonly receivedAt: Date;
}

/** What stores events of one kind, in the transaction that also keeps the raw delivery. */
export type EventHandlers = {
  readonly [Kind in Exclude<InboundEvent['kind'], 'typing'>]: (tx: Transaction, event: Event<Kind>) => Promise<InboundOutcome>;
};

/** Who hears that a customer is typing: not stored, not journalled. */
export type OnTyping = (inbox: OpenInbox, event: Extract<InboundEvent, { kind: 'typing' }>) => Promise<void>;

/** Whether a plain message answers a question of ours and is to be stored by its handler, alone. */
export type IsAwaited = (inbox: OpenInbox, message: InboundMessage) => Promise<boolean>;

/** Takes a receipt that says nothing beside how a message of ours stands; many at once share a transaction. */
export type TakeReceipt = (receipt: Receipt) => Promise<InboundOutcome>;

type ReceiptEvent = Extract<InboundEvent, { kind: 'delivery' }>;

/** Puts on disk what must not wait for, or weigh on, the transaction. Bound to the files room. */
export abstract class Shelf {
  /** Bytes of files that came along. Throws where there is no room: then the provider must come again. */
  abstract prepare(events: readonly InboundEvent[]): Promise<void>;
  /** The delivery with its body in the file store where it is a large one; any other as it is. */
  abstract shelve(raw: RawDelivery): Promise<RawDelivery>;
}

const TAKEN: InboundOutcome = { duplicate: false };

/** Where everything from outside is taken in, whichever door it came through. When it returns, what was given is on disk. */
export class InboundDesk {
  constructor(
    private readonly database: Database,
    private readonly journal: Journal,
    private readonly receiver: Receiver,
    private readonly inboxes: OpenInboxes,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly handlers: {
      readonly events: EventHandlers;
      readonly typing: OnTyping;
      readonly shelf: Shelf;
      readonly isAwaited?: IsAwaited;
      readonly receipts: TakeReceipt;
      readonly traffic?: DoorTraffic;
    },
  ) {}

  /** Stores one delivery of a provider. Throws only when database or disk cannot take it: then the provider must come again. */
  async take(inbox: OpenInbox, inbound: Inbound, raw: RawDelivery): Promise<InboundOutcome> {
    // Receipts follow what we send, and that is what follow-ups do: counted here, they would slow down their own cause.
    if (!inbound.events.every(isReceipt)) this.handlers.traffic?.note();
    const only = inbound.events.length === 1 ? inbound.events[0]! : undefined;
    const isBatched = only?.kind === 'message' && isOwnLine(inbox, only) && isPlain(only);
    if (isBatched && !(await this.handlers.isAwaited?.(inbox, only))) return this.takePlain(inbox, only, raw);
    await this.handlers.shelf.prepare(inbound.events);
    const shelved = await this.handlers.shelf.shelve(raw);
    if (inbound.events.every((event) => isReceipt(event) && isOwnLine(inbox, event)))
      return this.takeReceipts(inbox, inbound.events as readonly ReceiptEvent[], shelved);
    let outcome = TAKEN;
    for (const event of inbound.events) outcome = await this.takeOne(inbox, event, shelved);
    return outcome;
  }

  /** Takes again what is already in the journal. Throws where it cannot be placed: the person who asked is told why. */
  async retake(line: OpenInbox, inbound: Inbound, journalled: { readonly rawId: string; readonly receivedAt: Date }): Promise<void> {
    await this.handlers.shelf.prepare(inbound.events);
    for (const event of inbound.events) {
      if (event.kind === 'typing') continue;
      const inbox = isOwnLine(line, event) ? line : await this.inboxes.findByLine(line.kind, event.to);
      if (!inbox) throw new Error(`sent to ${event.to}, which is no inbox of ours`);
      await this.database.transaction((tx) => this.handle(tx, { inbox, event, ...journalled }));
    }
  }

  private async takePlain(
    inbox: OpenInbox,
    message: Extract<InboundEvent, { kind: 'message' }>,
    raw: RawDelivery,
  ): Promise<InboundOutcome> {
    try {
      const { duplicate } = await this.receiver.receive(inbox, message, raw);
      inboundCounter.inc({ channel: inbox.kind, kind: 'message', outcome: duplicate ? 'duplicate' : 'stored' });
      return { duplicate };
    } catch (error) {
      return this.keepUnplaced(inbox, message, raw, error);
    }
  }

  /** Everything that came in one request at once, so that it is written at once. */
  private async takeReceipts(inbox: OpenInbox, events: readonly ReceiptEvent[], raw: RawDelivery): Promise<InboundOutcome> {
    const outcomes = await Promise.all(events.map((event) => this.takeReceipt(inbox, event, raw)));
    return outcomes.at(-1) ?? TAKEN;
  }

  private async takeReceipt(inbox: OpenInbox, event: ReceiptEvent, raw: RawDelivery): Promise<InboundOutcome> {
    try {
      const outcome = await this.handlers.receipts({ inbox, event, raw });
      inboundCounter.inc({ channel: inbox.kind, kind: event.kind, outcome: outcome.duplicate ? 'duplicate' : 'stored' });
      return outcome;
    } catch (error) {
      return this.keepUnplaced(inbox, event, raw, error);
    }
  }

  private async takeOne(line: OpenInbox, event: InboundEvent, raw: RawDelivery): Promise<InboundOutcome> {
    const inbox = isOwnLine(line, event) ? line : await this.inboxes.findByLine(line.kind, event.to);
    if (!inbox) return this.unknownLine(line, event, raw);
    if (event.kind === 'message' && event.cc?.length)
      return this.storeOrKeep(inbox, { ...event, cc: await this.withoutOurs(event.cc) }, raw);
    if (event.kind === 'typing') {
      await this.handlers.typing(inbox, event);
      return TAKEN;
    }
    return this.storeOrKeep(inbox, event, raw);
  }

  // A mail to two of our mailboxes has the other one in its CC: that is no party of the conversation.
  private async withoutOurs(cc: readonly Address[]): Promise<Address[]> {
    const ours = new Set((await this.inboxes.all()).map((inbox) => inbox.address.toLowerCase()));
    return cc.filter((address) => !ours.has(address.value.toLowerCase()));
  }

  private async storeOrKeep(inbox: OpenInbox, event: Exclude<InboundEvent, { kind: 'typing' }>, raw: RawDelivery): Promise<InboundOutcome> {
    try {
      const outcome = await this.database.transaction((tx) => this.store(tx, inbox, event, raw));
      inboundCounter.inc({ channel: inbox.kind, kind: event.kind, outcome: outcome.duplicate ? 'duplicate' : 'stored' });
      return outcome;
    } catch (error) {
      return this.keepUnplaced(inbox, event, raw, error);
    }
  }

  // Kept whole, for a person. What must be answered with "come again" is thrown: no database, no room, too much at once.
  private async keepUnplaced(inbox: OpenInbox, event: InboundEvent, raw: RawDelivery, error: unknown): Promise<InboundOutcome> {
    if (isDatabaseDown(error) || error instanceof TooBusy) throw error;
    this.log.error(
      { inboxId: inbox.id, kind: event.kind, error: String(error) },
      'an event from outside could not be placed; it is kept and stands in Needs a look',
    );
    const key = `${inbox.id} ${event.kind} ${event.key}`.replaceAll('\u0000', '');
    return this.keepForPerson(inbox, raw, { reason: 'not-placed', detail: `${event.kind}: ${String(error)}`, key });
  }

  private async store(
    tx: Transaction,
    inbox: OpenInbox,
    event: Exclude<InboundEvent, { kind: 'typing' }>,
    raw: RawDelivery,
  ): Promise<InboundOutcome> {
    const rawId = await this.journal.keep(tx, inbox.id, raw);
    return this.handle(tx, { inbox, event, rawId, receivedAt: raw.receivedAt });
  }

  private handle(
    tx: Transaction,
    event: Omit<Event, 'event'> & { event: Exclude<InboundEvent, { kind: 'typing' }> },
  ): Promise<InboundOutcome> {
    const handle = this.handlers.events[event.event.kind] as (tx: Transaction, event: Event) => Promise<InboundOutcome>;
    return handle(tx, event);
  }

  private unknownLine(line: OpenInbox, event: InboundEvent, raw: RawDelivery): Promise<InboundOutcome> {
    return this.keepForPerson(line, raw, {
      reason: 'unknown-line',
      detail: `sent to ${event.to}, which is no inbox of ours`,
      key: `${line.id} unknown ${event.kind} ${event.key}`,
    });
  }

  /** Keeps what could not be read or placed, whole, and puts it before a person. The same thing again makes no second line. */
  async keepForPerson(
    inbox: OpenInbox | undefined,
    raw: RawDelivery,
    what: { reason: string; detail: string; key?: string },
  ): Promise<InboundOutcome> {
    const key = what.key ?? `${inbox?.id ?? ''} ${createHash('sha256').update(raw.body).digest('hex')}`;
    const shelved = await this.handlers.shelf.shelve(raw);
    await this.database.transaction(async (tx) => {
      const rawId = await this.journal.keep(tx, inbox?.id ?? null, shelved);
      const id = await this.journal.putBeforePerson(tx, {
        inboxId: inbox?.id ?? null,
        rawId,
        rawAt: raw.receivedAt,
        reason: what.reason,
        detail: what.detail,
        key,
        at: this.clock.now(),
      });
      if (id)
        await this.outbox.append(tx, this.clock.now(), [
          { type: 'needs-look.opened', conversationId: null, payload: { itemId: id, reason: what.reason } },
        ]);
    });
    inboundCounter.inc({ channel: inbox?.kind ?? 'unknown', kind: 'unread', outcome: what.reason });
    return TAKEN;
  }
}

// What a carrier says about somebody's consent is written with a row of its own: it is no mere receipt.
const isReceipt = (event: InboundEvent): boolean => event.kind === 'delivery' && !event.optedOut;

const isOwnLine = (inbox: OpenInbox, event: InboundEvent): boolean => event.to.toLowerCase() === inbox.address.toLowerCase();
