/** What of a call happens at an address of ours; the last part of its path. */
export const CALL_PLACES = ['started', 'gather', 'recorded', 'recording', 'transcribed', 'dialed', 'left', 'status'] as const;
export type CallPlaceName = (typeof CALL_PLACES)[number];

/** Where a call stands, as far as it travels in the addresses that we give to Twilio: nothing of a call is kept in memory. */
export interface CallPlace {
  /** The inbox's public address. */
  readonly webhookUrl: string;
  /** Counts our answers in this call, so that the same question asked twice is two events and a redelivery is one. */
  readonly turn: number;
  /** The customer of a call that we placed: Twilio speaks only of the phone that it rang first. */
  readonly customer?: string;
  /** Our own delivery that placed the call. */
  readonly delivery?: string;
}

/** The address that Twilio calls when the step with this mark has something to tell. */
export function placeUrl(place: CallPlace, name: CallPlaceName, mark?: string): string {
  const { customer, delivery, turn } = place;
  const query = new URLSearchParams(
    Object.entries({ mark, turn: String(turn), customer, delivery }).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  return `${place.webhookUrl}/voice/${name}?${query.toString()}`;
}

/** The place that a path below the inbox's address names; the inbox's address itself is where calls start. Undefined for any other. */
export function placeOf(path: string): CallPlaceName | undefined {
  if (path === '' || path === 'voice') return 'started';
  return CALL_PLACES.find((name) => path === `voice/${name}`);
}
