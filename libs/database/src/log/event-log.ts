import type { Queries } from '../transaction';

/** One event at its place in the log. Positions ascend without ever being given late: whoever has read up to `n` has missed nothing. */
export interface LoggedEvent {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly conversationId: string | null;
  readonly payload: Record<string, unknown>;
  readonly at: Date;
}

interface Row {
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly conversation_id: string | null;
  readonly payload: Record<string, unknown>;
  readonly at: Date;
}

const toEvent = (row: Row): LoggedEvent => ({
  position: Number(row.position),
  id: row.id,
  type: row.type,
  conversationId: row.conversation_id,
  payload: row.payload,
  at: row.at,
});

/** Where the log ends now; 0 before the first event. */
export async function logEnd(queries: Queries): Promise<number> {
  const [row] = await queries.query<{ position: string | null }>({
    name: 'log-end',
    text: 'SELECT max(position) AS position FROM event_log',
    values: [],
  });
  return Number(row?.position ?? 0);
}

/** Events after a position, oldest first; only of the given types where some are given. */
export async function readLog(queries: Queries, after: number, limit: number, types?: readonly string[]): Promise<LoggedEvent[]> {
  const statement = types
    ? {
        name: 'log-read-types',
        text: 'SELECT * FROM event_log WHERE position > $1 AND type = ANY($3) ORDER BY position LIMIT $2',
        values: [after, limit, types],
      }
    : { name: 'log-read', text: 'SELECT * FROM event_log WHERE position > $1 ORDER BY position LIMIT $2', values: [after, limit] };
  return (await queries.query<Row>(statement)).map(toEvent);
}

/** One event by its position; undefined when retention took it. */
export async function readEvent(queries: Queries, position: number): Promise<LoggedEvent | undefined> {
  const [row] = await queries.query<Row>({ name: 'log-read-one', text: 'SELECT * FROM event_log WHERE position = $1', values: [position] });
  return row && toEvent(row);
}
