import { csvText, type CsvValue } from '@claimline/messages';

/** A complaint as the report counts it. */
export interface ReportRow {
  readonly number: string;
  readonly receivedAt: Date;
  readonly state: string;
  readonly category: string | null;
  readonly rootCause: string | null;
  readonly line: string | null;
  readonly channel: string;
  /** Who handles the claim, or else the conversation. */
  readonly handler: string | null;
  readonly regulator: string | null;
  readonly claim: string | null;
  /** The same customer complained within a year before. */
  readonly repeated: boolean;
  readonly reopened: boolean;
  readonly score: number | null;
  /** Days from receipt to the outcome; null: not told yet. */
  readonly days: number | null;
}

/** How many of each, the most first. */
export type Counts = readonly { readonly code: string; readonly count: number }[];

/** A month of complaints. Every breakdown sums up to `total`. */
export interface ComplaintTotals {
  readonly total: number;
  readonly withRegulator: number;
  readonly byCategory: Counts;
  readonly byRootCause: Counts;
  readonly byLine: Counts;
  readonly byChannel: Counts;
  readonly byHandler: Counts;
  /** Shares from 0 to 1; null where there is nothing to divide by. */
  readonly rate: number | null;
  readonly repeatRate: number | null;
  readonly reopenRate: number | null;
  /** The mean of the callbacks' scores, 1–5. */
  readonly satisfaction: { readonly mean: number | null; readonly answers: number };
}

/** What has no value is counted too, under this name. */
export const UNKNOWN = 'unknown';

function countBy(rows: readonly ReportRow[], of: (row: ReportRow) => string | null): Counts {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(of(row) ?? UNKNOWN, (counts.get(of(row) ?? UNKNOWN) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** The figures of a month from its rows; nothing is counted that is not a row. */
export function totalsOf(rows: readonly ReportRow[], claimsHandled: number): ComplaintTotals {
  const scores = rows.flatMap(({ score }) => score ?? []);
  return {
    total: rows.length,
    withRegulator: rows.filter(({ regulator }) => regulator !== null).length,
    byCategory: countBy(rows, ({ category }) => category),
    byRootCause: countBy(rows, ({ rootCause }) => rootCause),
    byLine: countBy(rows, ({ line }) => line),
    byChannel: countBy(rows, ({ channel }) => channel),
    byHandler: countBy(rows, ({ handler }) => handler),
    rate: share(rows.length, claimsHandled),
    repeatRate: share(rows.filter(({ repeated }) => repeated).length, rows.length),
    reopenRate: share(rows.filter(({ reopened }) => reopened).length, rows.length),
    satisfaction: {
      mean: share(
        scores.reduce((sum, score) => sum + score, 0),
        scores.length,
      ),
      answers: scores.length,
    },
  };
}

const CSV_COLUMNS: readonly (readonly [name: string, value: (row: ReportRow) => CsvValue])[] = [
  ['number', (row) => row.number],
  ['received', (row) => row.receivedAt.toISOString()],
  ['state', (row) => row.state],
  ['category', (row) => row.category],
  ['root_cause', (row) => row.rootCause],
  ['line', (row) => row.line],
  ['channel', (row) => row.channel],
  ['handler', (row) => row.handler],
  ['regulator', (row) => row.regulator],
  ['claim', (row) => row.claim],
  ['repeated', (row) => row.repeated],
  ['reopened', (row) => row.reopened],
  ['score', (row) => row.score],
  ['days_to_outcome', (row) => row.days],
];

/** The rows as a table for a spreadsheet. */
export function csvOf(rows: readonly ReportRow[]): string {
  return csvText([CSV_COLUMNS.map(([name]) => name), ...rows.map((row) => CSV_COLUMNS.map(([, value]) => value(row)))]);
}

/** Causes that came so often in the month that an action with an owner is due, and has none yet. */
export const demandsAction = (byRootCause: Counts, from: number, acted: readonly string[]): string[] =>
  byRootCause.filter(({ code, count }) => code !== UNKNOWN && count >= from && !acted.includes(code)).map(({ code }) => code);
