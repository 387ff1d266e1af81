import { randomBytes } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

/** An SMS line as the manifest tells it. */
export interface SmsLine {
  readonly address: string;
  readonly webhook: string;
  readonly secret: string;
  readonly accountSid: string;
}

/** Sends what Twilio would send, signed by Twilio's own SDK. */
export async function postSms(
  line: SmsLine,
  sms: { from: string; text: string; sid?: string; more?: Record<string, string> },
  tamper: (signature: string) => string = (same) => same,
  patience?: AbortSignal,
): Promise<Response> {
  const fields: Record<string, string> = {
    MessageSid: sms.sid ?? `SM${randomBytes(16).toString('hex')}`,
    AccountSid: line.accountSid,
    From: sms.from,
    To: line.address,
    Body: sms.text,
    NumMedia: '0',
    NumSegments: '1',
    ...sms.more,
  };
  const signature = tamper(getExpectedTwilioSignature(line.secret, line.webhook, fields));
  return fetch(line.webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
    body: new URLSearchParams(fields).toString(),
    signal: patience,
  });
}
