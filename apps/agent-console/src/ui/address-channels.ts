import type { Contact } from '@claimline/protocol';

type Address = Contact['addresses'][number];
/** What is known of the consent for one channel at one address. */
export type ChannelConsent = Address['consent'][number];

const REACHED: Readonly<Record<string, readonly string[]>> = {
  tel: ['twilio-sms', 'twilio-voice'],
  email: ['email'],
  wechat: ['wechat'],
  visitor: ['web-chat'],
  wa: ['whatsapp'],
  psid: ['messenger'],
  postal: ['letter'],
};

/** The ledger speaks of the way (`sms`), the console of the line (`twilio-sms`). */
const lineOf = (channel: string): string => ({ sms: 'twilio-sms', voice: 'twilio-voice' })[channel] ?? channel;

/** The consents of an address, one for every channel that reaches it: the ledger holds only what was said, silence is `unknown`. */
export function channelConsents(address: Pick<Address, 'scheme' | 'consent'>): readonly ChannelConsent[] {
  const known = new Set(address.consent.map((one) => lineOf(one.channel)));
  const silent = (REACHED[address.scheme] ?? []).filter((channel) => !known.has(channel));
  return [...address.consent, ...silent.map((channel): ChannelConsent => ({ channel, state: 'unknown', since: null }))];
}
