import type { Work } from './work';

/** How somebody can be reached at their desk now. */
export type Presence = 'online' | 'busy' | 'away' | 'offline';

/** An adjuster as the router sees them at one moment. */
export interface Adjuster {
  /** The account's id. */
  readonly id: string;
  readonly active: boolean;
  readonly teamIds: readonly string[];
  /** Brands they work for; empty: every brand. */
  readonly brandIds: readonly string[];
  /** Channel kinds they may use; empty: every channel. */
  readonly channels: readonly string[];
  /** Line of business → level 1–5. */
  readonly lines: Readonly<Record<string, number>>;
  /** Language tag → level 1–5. */
  readonly languages: Readonly<Record<string, number>>;
  /** Region → last day of validity (`YYYY-MM-DD`, in their own zone), null: does not expire. */
  readonly licences: Readonly<Record<string, string | null>>;
  /** Currency → the most they may settle, as decimal text. */
  readonly authority: Readonly<Record<string, string>>;
  /** Restricted groups they belong to (SIU, litigation, staff claims). */
  readonly groups: readonly string[];
  readonly timeZone: string;
  readonly capacity: number;
  readonly used: number;
  /** Conversations that are theirs, whether or not they take units now. */
  readonly openItems: number;
  /** Units by kind of work, where some may be pushed aside. */
  readonly usedBy: Readonly<Partial<Record<Work, number>>>;
  readonly presence: Presence;
  readonly presenceSince: Date | null;
  /** When they were last given work or freed of it; null: never. */
  readonly idleSince: Date | null;
}

/** A dated absence, as the router needs it. */
export interface AbsenceFact {
  readonly accountId: string;
  readonly starts: Date;
  readonly ends: Date;
  readonly delegateId: string | null;
  /** When the conversations that a delegate took go back. */
  readonly returns: Returns;
}
export type Returns = 'immediately' | 'on-close' | 'never';

/** Everybody who could be chosen, and who is away. */
export interface Department {
  readonly adjusters: readonly Adjuster[];
  readonly absences: readonly AbsenceFact[];
}

/** The absence that somebody is in at a moment; an absence begins at its start and is over at its end. */
export function absenceOf(accountId: string, absences: readonly AbsenceFact[], now: Date): AbsenceFact | undefined {
  return absences.find((absence) => absence.accountId === accountId && absence.starts <= now && now < absence.ends);
}
