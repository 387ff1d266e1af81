import type { Queries } from '../transaction';
import type { LoggedEvent } from './event-log';

/** An event that a consumer could not handle, and how often it was tried. */
export interface ParkedEvent {
  readonly consumer: string;
  readonly position: number;
  readonly conversationId: string | null;
  readonly error: string;
  readonly attempts: number;
}

interface Row {
  readonly consumer: string;
  readonly position: string;
  readonly conversation_id: string | null;
  readonly error: string;
  readonly attempts: number;
}

const toParked = (row: Row): ParkedEvent => ({
  consumer: row.consumer,
  position: Number(row.position),
  conversationId: row.conversation_id,
  error: row.error,
  attempts: row.attempts,
});

/** Sets an event aside, to be tried again at `retryAt`. */
export async function park(
  queries: Queries,
  consumer: string,
  event: LoggedEvent,
  why: { readonly error: string; readonly now: Date; readonly retryAt: Date },
): Promise<void> {
  await queries.query({
    name: 'park-event',
    text: `INSERT INTO parked_events (consumer, position, conversation_id, error, retry_at, parked_at) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (consumer, position) DO UPDATE SET error = excluded.error, attempts = parked_events.attempts + 1, retry_at = excluded.retry_at`,
    values: [consumer, event.position, event.conversationId, why.error.slice(0, 500), why.retryAt, why.now],
  });
}

/** The conversations of which something is parked, null among them where it belongs to none: what comes later of a conversation waits behind it. */
export async function parkedConversations(queries: Queries, consumer: string): Promise<Set<string | null>> {
  const rows = await queries.query<{ conversation_id: string | null }>({
    name: 'parked-conversations',
    text: 'SELECT DISTINCT conversation_id FROM parked_events WHERE consumer = $1',
    values: [consumer],
  });
  return new Set(rows.map((row) => row.conversation_id));
}

/** The first parked event of every conversation whose time has come (events of no conversation each for itself). */
export async function dueParked(queries: Queries, consumer: string, now: Date): Promise<ParkedEvent[]> {
  const rows = await queries.query<Row>({
    name: 'parked-due',
    text: `SELECT * FROM (
             SELECT DISTINCT ON (coalesce(conversation_id::text, position::text)) * FROM parked_events
             WHERE consumer = $1 ORDER BY coalesce(conversation_id::text, position::text), position
           ) AS firsts WHERE retry_at <= $2 ORDER BY position LIMIT 100`,
    values: [consumer, now],
  });
  return rows.map(toParked);
}

/** False: it is parked no more, because somebody else has handled it or given it up. */
export async function unpark(queries: Queries, consumer: string, position: number): Promise<boolean> {
  const rows = await queries.query({
    name: 'unpark',
    text: 'DELETE FROM parked_events WHERE consumer = $1 AND position = $2 RETURNING 1',
    values: [consumer, position],
  });
  return rows.length > 0;
}

/** Notes one more try that failed; nothing where it is parked no more. */
export async function failAgain(
  queries: Queries,
  { consumer, position }: ParkedEvent,
  why: { readonly error: string; readonly retryAt: Date },
): Promise<void> {
  await queries.query({
    name: 'parked-again',
    text: 'UPDATE parked_events SET error = $3, attempts = attempts + 1, retry_at = $4 WHERE consumer = $1 AND position = $2',
    values: [consumer, position, why.error.slice(0, 500), why.retryAt],
  });
}

/** Makes the parked events behind one due at once, after it has succeeded. */
export async function hurryParked(queries: Queries, consumer: string, conversationId: string | null, now: Date): Promise<void> {
  if (!conversationId) return;
  await queries.query({
    name: 'parked-hurry',
    text: 'UPDATE parked_events SET retry_at = $3 WHERE consumer = $1 AND conversation_id = $2 AND attempts = 0',
    values: [consumer, conversationId, now],
  });
}

/** All that is parked, for people: newest first. */
export async function listParked(queries: Queries, limit: number): Promise<ParkedEvent[]> {
  const rows = await queries.query<Row>({
    name: 'parked-list',
    text: 'SELECT * FROM parked_events ORDER BY parked_at DESC LIMIT $1',
    values: [limit],
  });
  return rows.map(toParked);
}

/** Makes an event due at once for every consumer that has set it aside; false when none has. */
export async function makeDue(queries: Queries, position: number, now: Date): Promise<boolean> {
  const rows = await queries.query({
    name: 'parked-make-due',
    text: 'UPDATE parked_events SET retry_at = $2 WHERE position = $1 RETURNING 1',
    values: [position, now],
  });
  return rows.length > 0;
}

/** Gives an event up for every consumer that has set it aside, and lets what waits behind it go on; false when none has. */
export async function giveUp(queries: Queries, position: number, now: Date): Promise<boolean> {
  const rows = await queries.query<{ consumer: string; conversation_id: string | null }>({
    name: 'parked-give-up',
    text: 'DELETE FROM parked_events WHERE position = $1 RETURNING consumer, conversation_id',
    values: [position],
  });
  for (const row of rows) await hurryParked(queries, row.consumer, row.conversation_id, now);
  return rows.length > 0;
}
