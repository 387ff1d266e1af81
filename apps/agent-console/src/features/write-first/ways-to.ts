import type { Contact } from '@claimline/protocol';
import { channelConsents } from '../../ui/address-channels';

/** One way to write to somebody: a channel and an address it reaches, and why it may not be used. */
export interface Way {
  readonly key: string;
  readonly channel: string;
  readonly to: string;
  readonly verified: boolean;
  readonly consent: 'granted' | 'opted-out' | 'unknown';
  /** A reason code; null where it may be used. */
  readonly reason: string | null;
}

// Calls are spoken, not written.
const SPOKEN = ['twilio-voice', 'voice'];

const trust = (way: Way): number => (way.reason ? 8 : 0) + (way.consent === 'granted' ? 0 : 2) + (way.verified ? 0 : 1);

/** Every way to write to a contact, the best first: allowed before refused, agreed before unknown, verified before claimed. */
export function waysTo(contact: Pick<Contact, 'addresses'>): readonly Way[] {
  const ways = contact.addresses.flatMap((address) =>
    channelConsents(address)
      .filter((consent) => !SPOKEN.includes(consent.channel))
      .map((consent): Way => {
        const refused = consent.state === 'opted-out' ? 'opted-out' : null;
        const reason = address.unusable === null ? refused : 'address-unusable';
        return {
          key: `${consent.channel} ${address.value}`,
          channel: consent.channel,
          to: address.value,
          verified: address.level === 'verified',
          consent: consent.state,
          reason,
        };
      }),
  );
  return [...ways].sort((a, b) => trust(a) - trust(b));
}

/** Whether a template's body stands by itself: one with fields can only be filled for a conversation. */
export const hasFields = (body: string): boolean => /\{\{|\{%/.test(body);

/** The conversation whose facts fill a template: the one about this claim, else the one spoken in last; undefined where they never spoke. */
export function conversationFor(contact: Pick<Contact, 'conversations'>, claim: string | undefined): string | undefined {
  const latest = [...contact.conversations].sort((a, b) => (a.lastMessageAt < b.lastMessageAt ? 1 : -1));
  if (claim) return latest.find((one) => one.claim === claim)?.id;
  return latest[0]?.id;
}
