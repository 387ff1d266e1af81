import { createHmac, randomUUID } from 'node:crypto';

/** A line as the demo manifest tells it. */
export interface SmsLine {
  readonly id: string;
  readonly address: string;
  readonly webhook: string;
  readonly secret: string;
  readonly accountSid: string;
}

/** What Twilio would post. */
export interface SignedSms {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** So many customers write in turn, so that most messages find their conversation, as in life. */
export const SENDERS = 1_000;
export const sender = (n: number): string => `+1555030${String(n % SENDERS).padStart(4, '0')}`;

/** A message as Twilio signs it: HMAC-SHA1 over the address and the sorted fields (https://www.twilio.com/docs/usage/security). */
export function signedSms(line: SmsLine, from: string, text: string): SignedSms {
  const fields: Record<string, string> = {
    AccountSid: line.accountSid,
    Body: text,
    From: from,
    MessageSid: `SM${randomUUID().replaceAll('-', '')}`,
    NumMedia: '0',
    NumSegments: '1',
    To: line.address,
  };
  const signed = Object.keys(fields)
    .sort()
    .reduce((soFar, name) => soFar + name + fields[name]!, line.webhook);
  return {
    body: new URLSearchParams(fields).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': createHmac('sha1', line.secret).update(signed).digest('base64'),
    },
  };
}
