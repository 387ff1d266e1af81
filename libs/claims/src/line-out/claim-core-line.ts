import { newId, type LoggedEvent, type Outbox, type Queries, type Seal, type Transaction } from '@claimline/database';
import type { ClaimReader } from '../visible-to';
import type { ClaimCoreEventRepository, StoredClaimCoreEvent } from './claim-core-event.repository';

/** What the claim core can be told. */
export const CLAIM_CORE_TYPES = [
  'fnol.submitted',
  'conversation.resolved',
  'document.received',
  'complaint.closed',
  'payee.chosen',
  'survey.answered',
] as const;
export type ClaimCoreType = (typeof CLAIM_CORE_TYPES)[number];

/** One thing to tell. `subject`: the claim number, or the id of the draft that is to become one; `data`: JSON. */
export interface ClaimCoreNews {
  readonly type: ClaimCoreType;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An event as it leaves: CloudEvents 1.0, structured. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
}

/** `source` of everything that we tell. */
export const CLAIM_CORE_SOURCE = '/claimline';

/** The outgoing line to the claim core: what is published in a transaction is told if and only if it is committed, and until it was taken. */
export class ClaimCoreLine {
  constructor(
    private readonly events: ClaimCoreEventRepository,
    private readonly outbox: Outbox,
    private readonly seal: Seal,
  ) {}

  /** Answers with the event's id, by which the claim core recognises a second delivery. */
  async publish(tx: Transaction, news: ClaimCoreNews, at: Date): Promise<string> {
    const id = newId(at);
    const sealed = this.seal.seal(Buffer.from(JSON.stringify(news.data)));
    await this.events.insert(tx, { ...sealed, id, type: news.type, subject: news.subject, createdAt: at });
    await this.outbox.append(tx, at, [{ type: 'claim-core.published', conversationId: null, payload: { eventId: id, type: news.type } }]);
    return id;
  }

  /** The log has reached the event: it gets its place. `hasAddress`: it will be brought, else the claim core has to ask for it. */
  async place(tx: Transaction, event: LoggedEvent, hasAddress: boolean): Promise<void> {
    await this.events.place(tx, String(event.payload.eventId), String(event.position), hasAddress ? 'due' : 'to-be-pulled');
  }

  /** Oldest first after a position; the first call asks after `0`. `reader` null: the claim core itself. */
  async after(
    queries: Queries,
    reader: ClaimReader | null,
    from: { readonly position: string; readonly limit: number },
  ): Promise<{ position: string; event: CloudEvent }[]> {
    const rows = await this.events.after(queries, reader, from);
    return rows.map((row) => ({ position: row.position!, event: this.opened(row) }));
  }

  /** The event with its body. */
  opened(row: StoredClaimCoreEvent): CloudEvent {
    return {
      specversion: '1.0',
      id: row.id,
      source: CLAIM_CORE_SOURCE,
      type: row.type,
      subject: row.subject,
      time: row.createdAt.toISOString(),
      datacontenttype: 'application/json',
      data: JSON.parse(this.seal.open(row).toString('utf8')) as Record<string, unknown>,
    };
  }
}
