import type { WebhookResponse } from '@claimline/messages';

/** TwiML that says nothing: taken, do nothing. */
export const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** An answer in TwiML; Twilio reads nothing else (error 12300). */
export function twimlAnswer(twiml: string = EMPTY_TWIML): WebhookResponse {
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: twiml };
}
