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

/** Events after a position, oldest first. */
export async function readLog(queries: Queries, after: number, limit: number): Promise<LoggedEvent[]> {
  const text = 'SELECT * FROM event_log WHERE position > $1 ORDER BY position LIMIT $2';
  return (await queries.query<Row>({ name: 'log-read', text, values: [after, limit] })).map(toEvent);
}

/** Events of some types after a position, oldest first, and up to where one has read with them. */
export async function readLogOf(
  queries: Queries,
  after: number,
  { types, limit }: { readonly types: readonly string[]; readonly limit: number },
): Promise<{ readonly events: readonly LoggedEvent[]; readonly upTo: number }> {
  // One look at both: an event that gets its place a moment later lies behind the end.
  const rows = await queries.query<{ end: string } & (Row | { readonly position: null })>({
    name: 'log-read-of',
    text: `SELECT log."end", e.* FROM (SELECT coalesce(max(position), 0) AS "end" FROM event_log) AS log
           LEFT JOIN LATERAL (SELECT * FROM event_log WHERE position > $1 AND type = ANY ($3) ORDER BY position LIMIT $2) AS e ON true ORDER BY e.position`,
    values: [after, limit, types],
  });
  const events = rows.flatMap((row) => (row.position === null ? [] : toEvent(row)));
  return { events, upTo: events.length === limit ? events.at(-1)!.position : Number(rows[0]!.end) };
}

/** One event by its position; undefined when retention took it. */
export async function readEvent(queries: Queries, position: number): Promise<LoggedEvent | undefined> {
  const [row] = await queries.query<Row>({ name: 'log-read-one', text: 'SELECT * FROM event_log WHERE position = $1', values: [position] });
  return row && toEvent(row);
}
