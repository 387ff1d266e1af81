import type { Work } from './work';

/** The circles in which an adjuster is looked for, nearest first. The names are stored and shown: never renamed. */
export const RINGS = [
  'addressed',
  'assignee',
  'claim-owner',
  'co-handler',
  'delegate',
  'last-handler',
  'skills',
  'relaxed-skills',
  'line-pool',
] as const;
export type Ring = (typeof RINGS)[number];

/** One wish less: from everybody's wishes to "anybody of this line". */
export interface Relaxation {
  readonly ring: Ring;
  /** Levels below what is wanted that are still good enough. */
  readonly levelsDown: number;
  /** Skills no longer asked for. */
  readonly drop: readonly ('line' | 'language')[];
  /** Seconds for which this step has the field to itself, while somebody in it might come free. */
  readonly wait: number;
}

/** The routing rules as data: what an administrator may tune. Hard constraints are not among them. */
export interface RoutingPolicy {
  /** Seconds for which a conversation waits for *its* person, who may come free, before the next ring opens. */
  readonly patience: Readonly<Record<Work, number>>;
  /** Seconds for which it waits for whoever answered last. */
  readonly lastHandlerPatience: Readonly<Record<Work, number>>;
  /** How long somebody counts as the last handler, in hours. */
  readonly lastHandlerHours: number;
  /** Level (1–5) that counts as knowing a line or a language. */
  readonly level: number;
  readonly weights: { readonly line: number; readonly language: number };
  readonly relaxations: readonly Relaxation[];
  /** Work for which a person who does not speak the language is no help at all. */
  readonly languageIsHard: readonly Work[];
  /** Regions whose law wants a licence from whoever handles a claim there (prefix of the jurisdiction). An expired licence excludes anywhere. */
  readonly licensedRegions: readonly string[];
  /** Points that labels of a conversation add in the queue. */
  readonly boosts: Readonly<Record<string, number>>;
  /** Most that work and boosts together may reach, so that ageing always wins in the end. */
  readonly priorityCap: number;
  /** Points per minute of waiting. */
  readonly ageRate: number;
  /** Which work may push which aside while it lasts. Empty: nothing interrupts anything. */
  readonly interrupts: Readonly<Partial<Record<Work, readonly Work[]>>>;
  /** How deep a chain of delegates is followed. */
  readonly delegationDepth: number;
}

/** The rules a new installation starts with (routing-and-metrics.md §5.2–5.3; value tiers are off, corrections.md 10). */
export const DEFAULT_ROUTING_POLICY: RoutingPolicy = {
  patience: { voice: 25, callback: 900, chat: 20, async: 15 * 60, email: 4 * 3600, outbound: 4 * 3600, visit: 900 },
  lastHandlerPatience: { voice: 0, callback: 300, chat: 20, async: 5 * 60, email: 3600, outbound: 3600, visit: 0 },
  lastHandlerHours: 72,
  level: 3,
  weights: { line: 1, language: 2 },
  relaxations: [
    { ring: 'skills', levelsDown: 0, drop: [], wait: 60 },
    { ring: 'relaxed-skills', levelsDown: 2, drop: [], wait: 30 },
    { ring: 'relaxed-skills', levelsDown: 2, drop: ['line'], wait: 30 },
    { ring: 'line-pool', levelsDown: 2, drop: ['language'], wait: 0 },
  ],
  languageIsHard: ['voice'],
  licensedRegions: ['US'],
  boosts: { fatality: 30, injury: 20, safety: 30, vulnerable: 15, complaint: 10, breaching: 15, vip: 0 },
  priorityCap: 90,
  ageRate: 1,
  interrupts: {},
  delegationDepth: 3,
};
