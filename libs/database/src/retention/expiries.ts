import type { Queries } from '../transaction';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Rows that have served when a time of theirs is over. */
export interface Expiry {
  readonly table: string;
  /** The time that counts; an index begins with it. */
  readonly column: string;
  /** How much longer they are kept, in milliseconds; `journal`: as long as the journal of what came in. */
  readonly keptMs: number | 'journal';
  /** Written by the machine's clock, not by the domain's. */
  readonly machineTime?: boolean;
  /** Which of them; `x` is the row. */
  readonly only?: string;
}

/** Whatever goes by its own time, row by row. The table in `docs/operations.md` says the same to people. */
export const EXPIRIES: readonly Expiry[] = [
  { table: 'sessions', column: 'expires_at', keptMs: 0, machineTime: true },
  { table: 'portal_grants', column: 'expires_at', keptMs: 0 },
  { table: 'idempotency_keys', column: 'at', keptMs: DAY_MS },
  { table: 'rate_counters', column: 'window_start', keptMs: 60 * MINUTE_MS },
  { table: 'step_up_codes', column: 'expires_at', keptMs: 30 * DAY_MS },
  {
    table: 'secure_links',
    column: 'expires_at',
    keptMs: 90 * DAY_MS,
    // What was chosen through a link names it as its proof; a grant that goes on holds its link.
    only: 'NOT EXISTS (SELECT FROM payee_choices p WHERE p.link_id = x.id) AND NOT EXISTS (SELECT FROM portal_grants g WHERE g.link_id = x.id)',
  },
  {
    table: 'visitors',
    column: 'seen_at',
    keptMs: 90 * DAY_MS,
    // Somebody who opened the chat and never wrote: who has written has an address, and a thread that they may come back to.
    only: `NOT EXISTS (SELECT FROM visitor_messages m WHERE m.visitor_id = x.id)
             AND NOT EXISTS (SELECT FROM addresses a WHERE a.scheme = 'visitor' AND a.scope = '' AND a.value = x.id)`,
  },
  // Keys of receipts and of what made no message; those of messages know a repeat as long as the message is there.
  { table: 'inbound_keys', column: 'at', keptMs: 'journal', only: 'x.message_id IS NULL' },
  { table: 'needs_look', column: 'settled_at', keptMs: 'journal', only: `x.state <> 'open'` },
];

/** Removes at most `limit` rows whose time was over before, oldest first; rows that somebody holds are left for the next time. */
export async function removeExpired(queries: Queries, { table, column, only }: Expiry, before: Date, limit: number): Promise<number> {
  const rows = await queries.query({
    name: `expire-${table}`,
    text: `DELETE FROM ${table} WHERE ctid = ANY (ARRAY (
             SELECT x.ctid FROM ${table} x WHERE x.${column} < $1 ${only ? `AND ${only}` : ''} ORDER BY x.${column} LIMIT $2 FOR UPDATE SKIP LOCKED)) RETURNING 1`,
    values: [before, limit],
  });
  return rows.length;
}

/**
 * Removes at most `limit` sealed codes and links that were sent. They are read once more when they leave: after `sent` they did, or they wait or
 * have failed and may be sent again until `failed`. What was masked stays: people may ask for it.
 */
export async function removeSecrets(
  queries: Queries,
  before: { readonly sent: Date; readonly failed: Date },
  limit: number,
): Promise<number> {
  const rows = await queries.query({
    name: 'expire-secrets',
    text: `DELETE FROM sealed_words WHERE message_id = ANY (ARRAY (
             SELECT s.message_id FROM sealed_words s JOIN messages m ON m.id = s.message_id WHERE s.kind = 'secret' AND m.received_at < $1 AND (m.received_at < $2
               OR NOT EXISTS (SELECT FROM deliveries d WHERE d.message_id = m.id AND d.state NOT IN ('accepted', 'sent', 'delivered', 'read', 'canceled')))
             ORDER BY s.message_id LIMIT $3)) RETURNING 1`,
    values: [before.sent, before.failed, limit],
  });
  return rows.length;
}
