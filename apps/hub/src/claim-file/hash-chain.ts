import { createHash } from 'node:crypto';
import type { ClaimFile, ClaimFileEntry, ClaimFileVerdict } from '@claimline/protocol';

/** One thing that happened, before it has its place in the chain. */
export type Happening = Omit<ClaimFileEntry, 'n' | 'hash'>;
type Problem = ClaimFileVerdict['problems'][number];

export const FORMAT = 'claimline-claim-file/1';

/** Puts what happened into a chain: each hash covers everything before it, so that no entry can be changed, left out or put in unseen. */
export function chained(claim: ClaimFile['claim'], happenings: readonly Happening[]): { entries: ClaimFileEntry[]; head: string } {
  let head = digest(canonical({ claim, format: FORMAT }));
  const entries = happenings.map((happening, index) => {
    const entry = { ...happening, n: index + 1 };
    head = digest(`${head}\n${canonical(entry)}`);
    return { ...entry, hash: head };
  });
  return { entries, head };
}

/** Holds a file against itself: the first entry whose hash does not follow from those before it. */
export function brokenAt({ claim, entries, head }: Pick<ClaimFile, 'claim' | 'entries' | 'head'>): Problem[] {
  const right = chained(
    claim,
    entries.map(({ n: _, hash: __, ...happening }) => happening),
  );
  const first = entries.findIndex((entry, index) => entry.hash !== right.entries[index]!.hash || entry.n !== index + 1);
  if (first >= 0) return [problem(entries[first]!, 'file-changed', [])];
  const last = entries.at(-1);
  return head === right.head || !last ? [] : [problem(last, 'file-changed', ['head'])];
}

/** Holds a file against what the hub knows today. What came later is no problem, nor what had not come to its end then; what is another or gone is. */
export function changedSince(entries: readonly ClaimFileEntry[], today: readonly Happening[]): Problem[] {
  const known = new Map(today.map((happening) => [`${happening.kind} ${happening.id}`, happening]));
  return entries.flatMap((entry) => {
    const now = known.get(`${entry.kind} ${entry.id}`);
    if (!now) return [problem(entry, 'record-gone', [])];
    const wentOn = goneOn(entry, now);
    const facts = differing({ ...entry.facts, at: entry.at }, { ...now.facts, at: now.at }).filter((fact) => !wentOn.includes(fact));
    return facts.length > 0 ? [problem(entry, 'record-changed', facts)] : [];
  });
}

type Facts = Happening['facts'];

// What goes on after it began, and by which facts it may: a file of a claim that lives is older than the claim, and that is no forgery.
const GOES_ON: Partial<Record<Happening['kind'], (before: Facts, now: Facts) => readonly string[]>> = {
  delivery: ({ changedAt }, now) =>
    moment(now['changedAt']) > moment(changedAt) ? ['state', 'reason', 'vendorCode', 'externalId', 'attempt', 'changedAt'] : [],
  notice: ({ settledAt }) => (settledAt ? [] : ['state', 'reason', 'message', 'settledAt']),
  clock: ({ endedAt }) => (endedAt ? [] : ['state', 'deadline', 'breachedAt', 'endedAt', 'pauses']),
  task: ({ closedAt }) => (closedAt ? [] : ['state', 'outcome', 'due', 'closedAt', 'owner']),
  file: ({ sha256, transcript }) => [...(sha256 ? [] : ['state', 'contentType', 'size', 'sha256']), ...(transcript ? [] : ['transcript'])],
};

const goneOn = (before: Happening, now: Happening): readonly string[] => GOES_ON[before.kind]?.(before.facts, now.facts) ?? [];

const moment = (value: unknown): number => Date.parse(String(value));

const problem = ({ n, id, kind }: ClaimFileEntry, what: Problem['problem'], facts: string[]): Problem => ({
  n,
  id,
  kind,
  problem: what,
  facts,
});

function differing(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => canonical(before[name]) !== canonical(after[name])).sort();
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** JSON with sorted keys and no spaces, so that the same facts have the same hash wherever they are written. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`)
    .join(',')}}`;
}
