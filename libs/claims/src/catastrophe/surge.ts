/** The acknowledgement for a day on which nobody can answer in time: everybody who writes hears once that it has arrived, and when a person answers. */
export interface Surge {
  readonly on: boolean;
  /** When it was switched to what it is now, ISO 8601; also tells one such day from the next. */
  readonly since: string;
  /** The account that switched it. */
  readonly by: string;
  /** Only these; none named: all. */
  readonly brands: readonly string[];
  readonly channels: readonly string[];
  /** Only what is about this event, by claim or by words; null: everything. */
  readonly catastrophe: string | null;
}

/** What of a new message decides. */
export interface SurgeMessage {
  readonly brandId: string;
  readonly channel: string;
  /** Labels of the conversation and the tag of its claim. */
  readonly tags: readonly string[];
  /** When it came in. */
  readonly at: Date;
  /** A machine wrote it, or it only says STOP: an answer would be wrong. */
  readonly wantsNoAnswer: boolean;
}

/** Whether this message is acknowledged. What came in before the switch is not: its customers are in the queue already. */
export function isAcknowledged(surge: Surge | undefined, message: SurgeMessage): boolean {
  if (!surge?.on || message.wantsNoAnswer || message.at < new Date(surge.since)) return false;
  const fits = (only: readonly string[], one: string): boolean => only.length === 0 || only.includes(one);
  return (
    fits(surge.brands, message.brandId) &&
    fits(surge.channels, message.channel) &&
    (surge.catastrophe === null || message.tags.includes(surge.catastrophe))
  );
}

/** What an honest waiting time is computed from. */
export interface Queue {
  /** Customers who wait for an answer. */
  readonly ahead: number;
  /** Conversations that people answer in an hour, as lately measured. */
  readonly perHour: number;
  /** Hours until somebody is there at all; 0: now. */
  readonly untilOpen: number;
}

// A wait is told in steps that a person would say; "within about 5 hours" is not more exact than "6", only less often kept.
const STEPS = [1, 2, 4, 6, 8, 12, 24, 36, 48, 72];

/** Within how many hours the last of the queue is answered, rounded up; undefined when it is longer than three days, and nothing honest can be said. */
export function waitHours({ ahead, perHour, untilOpen }: Queue): number | undefined {
  const hours = untilOpen + Math.max(ahead, 1) / Math.max(perHour, 0.01);
  return STEPS.find((step) => step >= hours);
}
