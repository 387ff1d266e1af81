/**
 * Where one delivery (message × recipient × attempt) stands. It only moves forward:
 * `held → due → sending → uncertain → accepted → sent → delivered → read`, or ends in one of the last four with a reason.
 */
export const DELIVERY_STATES = [
  'held',
  'due',
  'sending',
  'uncertain',
  'accepted',
  'sent',
  'delivered',
  'read',
  'failed',
  'undeliverable',
  'suppressed',
  'canceled',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

const RANK: Record<DeliveryState, number> = {
  held: 0,
  due: 1,
  sending: 2,
  uncertain: 3,
  accepted: 4,
  sent: 5,
  delivered: 7,
  read: 8,
  failed: 6,
  undeliverable: 6,
  suppressed: 6,
  canceled: 6,
};

/** How far a state is. Failures rank below `delivered`: a proof of delivery outlives a late failure report, never the other way round. */
export const deliveryRank = (state: DeliveryState): number => RANK[state];

/** Whether the customer did not and will not get it through this delivery. */
export const isFailure = (state: DeliveryState): boolean => RANK[state] === RANK.failed;

/**
 * The state after a report: never backwards (channel-contracts.md §3.0 rule 4).
 * `failed` after `delivered` is ignored; `delivered` after `failed` is believed, because a receipt is proof.
 */
export function advance(current: DeliveryState, reported: DeliveryState): DeliveryState {
  return RANK[reported] > RANK[current] ? reported : current;
}

/** Why something was not sent, or how it failed. Stored on the delivery, translated in the browser. */
export type ReasonCode =
  | 'opted-out'
  | 'no-consent'
  | 'represented'
  | 'window-closed'
  | 'quiet-hours'
  | 'not-private-enough'
  | 'not-capable'
  | 'rate-limited'
  | 'inbox-stopped'
  | 'inbox-unreachable'
  | 'no-address'
  | 'address-unusable'
  | 'address-shared'
  | 'deceased'
  | 'canceled-by-person'
  | 'rejected'
  | 'unreachable'
  | 'undeliverable'
  | 'carrier-blocked'
  | 'bounced'
  | 'expired'
  | 'attempts-exhausted'
  | 'uncertain'
  | 'misconfigured'
  | 'superseded'
  | 'automatic-mail-blocked'
  | 'complaint-open'
  | 'template-missing'
  | 'unknown';
