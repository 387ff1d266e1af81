import type { AddressScheme, PrivacyClass } from '@claimline/messages';

/** What people call a channel, whoever its vendor is: consent, preferences and chains speak of these. */
export type Family = 'sms' | 'voice' | 'email' | 'wechat' | 'whatsapp' | 'messenger' | 'web-chat' | 'letter';

/** One configured line by which something could go out, as far as planning needs to know it. */
export interface OutgoingLine {
  readonly inboxId: string;
  /** The channel's kind, e.g. `twilio-sms`. */
  readonly channel: string;
  readonly schemes: readonly AddressScheme[];
  /** The address scope it reaches (an app id); null: any. */
  readonly scope: string | null;
  readonly privacy: PrivacyClass;
  /** Carries spoken calls: nothing written goes this way. */
  readonly calls: boolean;
  /** Whether we may write first. */
  readonly proactive: boolean;
  /** Milliseconds after the customer's last message in which free text may be sent. */
  readonly window: number | null;
  readonly templateOutsideWindow: boolean;
  readonly receipts: 'none' | 'sent' | 'delivered' | 'read';
}

const BY_SCHEME: Readonly<Record<AddressScheme, Family>> = {
  tel: 'sms',
  email: 'email',
  wechat: 'wechat',
  wa: 'whatsapp',
  psid: 'messenger',
  visitor: 'web-chat',
  postal: 'letter',
};

/** The family of a line: by whom it reaches, and whether it speaks or writes. */
export function familyOf(line: Pick<OutgoingLine, 'schemes' | 'calls'>): Family {
  return line.calls ? 'voice' : BY_SCHEME[line.schemes[0] ?? 'postal'];
}

/** Whether this line reaches that address. */
export const reaches = (
  line: Pick<OutgoingLine, 'schemes' | 'scope'>,
  address: { readonly scheme: string; readonly scope: string },
): boolean =>
  line.schemes.some((scheme) => scheme === address.scheme) && (line.scope === null || address.scope === '' || line.scope === address.scope);

/** Whether a text of `needed` privacy may travel on a channel of `offered` privacy (claims-and-sla.md §4.3). */
export const isPrivateEnough = (offered: PrivacyClass, needed: PrivacyClass): boolean => offered >= needed;
