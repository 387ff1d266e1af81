import { newId } from '../ids';
import type { Transaction } from '../transaction';
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

/** Writes events in the transaction of what they tell of: both happen, or neither. */
export class Outbox {
  constructor(private readonly wakeups: Wakeups) {}

  async append(tx: Transaction, at: Date, events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    await tx.query({
      name: 'outbox-append',
      text: APPEND,
      values: [
        events.map(() => newId(at)),
        events.map((event) => event.type),
        events.map((event) => event.conversationId),
        events.map((event) => JSON.stringify(event.payload)),
        events.map(() => at),
      ],
    });
    tx.afterCommit(() => this.wakeups.wake('outbox'));
  }
}
