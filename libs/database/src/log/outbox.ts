import { newId } from '../ids';
import type { Statement, Transaction } from '../transaction';
import type { Wakeups } from './wakeups';

/** Something that happened, as a writer tells it. The payload holds ids and codes, never words or addresses. */
export interface NewEvent {
  readonly type: string;
  /** The conversation whose order it takes part in; its row must be locked by the writer. Null: order does not matter. */
  readonly conversationId: string | null;
  readonly payload: object;
}

const APPEND =
  `
  INSERT INTO outbox (id, type, conversation_id, payload, at)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::jsonb[], $5::timestamptz[]) WITH ORDINALITY AS event(id, type, conversation_id, payload, at, n)
`.replace('SELECT *', 'SELECT id, type, conversation_id, payload, at') + ' ORDER BY n';

interface Row extends Omit<NewEvent, 'payload'> {
  readonly id: string;
  readonly payload: string;
  readonly at: Date;
}

/**
 * Writes events in the transaction of what they tell of: both happen, or neither. A transaction's events are written together, in their order, when all the
 * rest is done: the steps of a flow each tell something, and one statement is enough for all.
 */
export class Outbox {
  private readonly told = new WeakMap<Transaction, Row[]>();

  constructor(private readonly wakeups: Wakeups) {}

  async append(tx: Transaction, at: Date, events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    const rows = this.told.get(tx) ?? this.begin(tx);
    rows.push(...events.map((event) => ({ ...event, id: newId(at), payload: JSON.stringify(event.payload), at })));
  }

  private begin(tx: Transaction): Row[] {
    const rows: Row[] = [];
    this.told.set(tx, rows);
    tx.beforeCommit(() => appending(rows));
    tx.afterCommit(() => this.wakeups.wake('outbox'));
    return rows;
  }
}

const appending = (rows: readonly Row[]): Statement => ({
  name: 'outbox-append',
  text: APPEND,
  values: [
    rows.map(({ id }) => id),
    rows.map(({ type }) => type),
    rows.map(({ conversationId }) => conversationId),
    rows.map(({ payload }) => payload),
    rows.map(({ at }) => at),
  ],
});
