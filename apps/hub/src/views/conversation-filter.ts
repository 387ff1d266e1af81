import type { Viewer } from '@claimline/conversations';
import type { ConversationFilter } from '@claimline/protocol';
import { JOINED } from './conversation-row';

/** A filter as SQL: conditions on `c`, `k` and `cl`, with the values of their parameters. */
export interface FilterSql {
  /** For the name of a prepared statement: the same for the same conditions. */
  readonly name: string;
  readonly where: string;
  readonly values: readonly unknown[];
  /** What of `k` and `cl` the conditions name; most name neither. */
  readonly joins: string;
}

interface Condition {
  readonly name: string;
  readonly sql: (parameter: string) => string;
  readonly value: unknown;
}

const HOUR_MS = 3_600_000;

// The day of a deadline is the brand's: "today" ends at its midnight.
const TODAY = (now: string): string =>
  `(SELECT (date_trunc('day', ${now}::timestamptz AT TIME ZONE b.time_zone) + interval '1 day') AT TIME ZONE b.time_zone FROM brands b WHERE b.id = c.brand_id)`;

function due(which: NonNullable<ConversationFilter['due']>, now: Date): Condition {
  const open = `c.status = 'open' AND`;
  if (which === 'overdue') return { name: which, sql: (p) => `${open} c.next_due_at <= ${p}::timestamptz`, value: now };
  if (which === 'today')
    return { name: which, sql: (p) => `${open} c.next_due_at > ${p}::timestamptz AND c.next_due_at < ${TODAY(p)}`, value: now };
  const hour = new Date(now.getTime() + HOUR_MS);
  return {
    name: which,
    sql: (p) => `${open} c.next_due_at <= ${p}::timestamptz AND c.next_due_at > ${p}::timestamptz - interval '1 hour'`,
    value: hour,
  };
}

// Open ones of somebody who is away now: theirs, or nobody's while their claim's handler is.
const AWAY = (now: string): string =>
  `c.status = 'open' AND EXISTS (SELECT FROM absences s WHERE s.account_id = coalesce(c.assignee_id, cl.handler_id) AND s.canceled_at IS NULL AND s.starts_at <= ${now}::timestamptz AND s.ends_at > ${now}::timestamptz)`;

function assignee(whose: string, viewer: Viewer, now: Date): Condition {
  if (whose === 'absent') return { name: 'absent', sql: AWAY, value: now };
  if (whose === 'none') return { name: 'nobodys', sql: (p) => `c.assignee_id IS NULL AND ${p}::text IS NULL`, value: null };
  return { name: 'assignee', sql: (p) => `c.assignee_id = ${p}::uuid`, value: whose === 'me' ? viewer.id : whose };
}

function conditions(filter: ConversationFilter, viewer: Viewer, now: Date): Condition[] {
  const { label, line, language, catastrophe, awaiting } = filter;
  return [
    ...(label
      ? [
          {
            name: 'label',
            sql: (p: string) => `c.labels @> ARRAY[${p}::text] AND c.labels <> '{}' AND c.status <> 'resolved'`,
            value: label,
          },
        ]
      : []),
    ...(line ? [{ name: 'line', sql: (p: string) => `coalesce(cl.line_of_business = ${p}, ${p} = ANY (c.labels))`, value: line }] : []),
    ...(filter.assignee ? [assignee(filter.assignee, viewer, now)] : []),
    ...(filter.due ? [due(filter.due, now)] : []),
    ...(language
      ? [{ name: 'language', sql: (p: string) => `starts_with(lower(coalesce(c.language, k.language)), lower(${p}))`, value: language }]
      : []),
    ...(catastrophe
      ? [{ name: 'catastrophe', sql: (p: string) => `(cl.catastrophe = ${p} OR c.labels @> ARRAY[${p}::text])`, value: catastrophe }]
      : []),
    ...(awaiting === undefined ? [] : [{ name: 'awaiting', sql: (p: string) => `c.awaiting_reply = ${p}::boolean`, value: awaiting }]),
  ];
}

/** What a filter asks for; `first` is the number of its first parameter. Nothing asked: true. */
export function filterSql(filter: ConversationFilter, { viewer, now, first }: { viewer: Viewer; now: Date; first: number }): FilterSql {
  const parts = conditions(filter, viewer, now);
  const where = parts.map(({ sql }, index) => `(${sql(`$${first + index}`)})`).join(' AND ') || 'true';
  return {
    name: parts.map(({ name }) => name).join('-'),
    where,
    values: parts.map(({ value }) => value),
    joins: joinsFor(where),
  };
}

// Read off the conditions, so that a new one cannot forget what it needs.
function joinsFor(where: string): string {
  const named = Object.entries(JOINED).filter(([letter]) => new RegExp(`\\b${letter}\\.`).test(where));
  return named.map(([, join]) => join).join(' ');
}
