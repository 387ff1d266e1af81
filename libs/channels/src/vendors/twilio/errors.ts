import { ChannelError, type DeliveryState, type Fate, type ReasonCode } from '@claimline/messages';

/** What one of Twilio's error codes means for us: at once as an answer to a send, or later in a status report. */
export interface TwilioError {
  readonly means: string;
  readonly fate: Fate;
  readonly reason: ReasonCode;
  /** The state of a delivery that is reported with this code. */
  readonly reported: DeliveryState;
  readonly field?: string;
  readonly addressUnusable?: boolean;
  readonly optedOut?: boolean;
}

const unusable = (means: string): TwilioError => ({
  means,
  fate: 'rejected',
  reason: 'address-unusable',
  reported: 'undeliverable',
  addressUnusable: true,
});
const busy = (means: string): TwilioError => ({ means, fate: 'unavailable', reason: 'rate-limited', reported: 'failed' });
const wrong = (means: string, field?: string): TwilioError => ({
  means,
  fate: 'misconfigured',
  reason: 'misconfigured',
  reported: 'failed',
  field,
});
const no = (means: string, reason: ReasonCode = 'rejected'): TwilioError => ({
  means,
  fate: 'rejected',
  reason,
  reported: 'undeliverable',
});
const passing = (means: string, reason: ReasonCode): TwilioError => ({ means, fate: 'unavailable', reason, reported: 'failed' });

/** Twilio's codes that need an action of their own (https://www.twilio.com/docs/api/errors). The rest is judged by the HTTP status. */
export const TWILIO_ERRORS: Readonly<Record<string, TwilioError>> = {
  10001: wrong('The Twilio account is not active.', 'accountSid'),
  20003: wrong('Twilio does not accept the Auth Token of this account.', 'authToken'),
  20005: wrong('The Twilio account is not active.', 'accountSid'),
  20404: wrong('Twilio does not know this account.', 'accountSid'),
  20429: busy('Twilio asks us to slow down.'),
  21210: wrong('The line is not a number of this Twilio account.', 'phoneNumber'),
  21211: unusable('The number is not valid.'),
  21212: wrong('The line is not a valid sender.', 'phoneNumber'),
  // One country that is switched off must not stop a line that serves the others.
  21215: no('Calls to this country are switched off in the Twilio account (Voice → Geo permissions).', 'misconfigured'),
  21216: no('Twilio does not call this number.'),
  21217: unusable('The number is not valid.'),
  21408: no('Messages to this country are switched off in the Twilio account (Messaging → Geo permissions).', 'misconfigured'),
  21602: no('The message is empty.'),
  21606: wrong('The line is not a number of this Twilio account, or cannot send messages.', 'phoneNumber'),
  21610: {
    means: 'The recipient has opted out with the carrier.',
    fate: 'suppressed',
    reason: 'opted-out',
    reported: 'suppressed',
    optedOut: true,
  },
  21611: busy("The line's queue at Twilio is full."),
  21612: no('Twilio has no route from this line to this number.', 'undeliverable'),
  21614: unusable('The number cannot receive messages.'),
  21617: no('The message is too long.'),
  21620: no('Twilio does not accept the address of an attachment.'),
  21623: no('Twilio does not accept the address of an attachment.'),
  21635: unusable('The number is a landline.'),
  21659: wrong('The line is not a number of Twilio.', 'phoneNumber'),
  21660: wrong('The line belongs to another Twilio account.', 'phoneNumber'),
  21701: wrong('Twilio does not know the Messaging Service.', 'messagingServiceSid'),
  21703: wrong('The Messaging Service has no sender.', 'messagingServiceSid'),
  21705: wrong('The Messaging Service SID is not valid.', 'messagingServiceSid'),
  30001: busy('The queue at Twilio overflowed.'),
  30002: wrong('The Twilio account was suspended.', 'accountSid'),
  30003: passing('The phone is off or out of reach.', 'unreachable'),
  30004: no('The carrier or the recipient blocks this message.', 'carrier-blocked'),
  30005: unusable('Nobody knows this number.'),
  30006: unusable('The number is a landline, or its carrier cannot be reached.'),
  30007: no("The carrier's filter stopped the message.", 'carrier-blocked'),
  30008: passing('Twilio does not know why it failed.', 'unknown'),
  30034: wrong('The line is not registered for business messages (A2P 10DLC).', 'phoneNumber'),
  30047: { means: 'A rule about sending hours held the message back.', fate: 'suppressed', reason: 'quiet-hours', reported: 'suppressed' },
  30610: { means: "It is the recipient's quiet time.", fate: 'suppressed', reason: 'quiet-hours', reported: 'suppressed' },
  63016: {
    means: 'Outside of the window only a template may be sent.',
    fate: 'window-closed',
    reason: 'window-closed',
    reported: 'suppressed',
  },
  63018: busy('The channel asks us to slow down.'),
  63024: unusable('The recipient cannot be reached on this channel.'),
};

/** What an answer of Twilio's API says. `code` and `message` come from its JSON body, where there was one. */
export interface TwilioRefusal {
  readonly method: string;
  readonly status: number;
  readonly code?: string;
  /** Milliseconds, from `Retry-After`. */
  readonly retryAfter?: number;
}

/** The error that a refusing answer means. Twilio's own words stay out: they may quote the number or the text. */
export function refusal({ method, status, code, retryAfter }: TwilioRefusal): ChannelError {
  const known = (code && TWILIO_ERRORS[code]) || byStatus(status, method);
  const { fate, reason, field, addressUnusable } = known;
  const said = `Twilio answered ${status}${code ? ` with code ${code}` : ''}`;
  return new ChannelError(fate, `${known.means} (${said})`, {
    reason,
    field,
    addressUnusable,
    vendorCode: code ?? String(status),
    retryAfter,
  });
}

/**
 * The error that a broken conversation with Twilio means. Surely not taken is only what never left; a question
 * (`get`) may always be asked again.
 */
export function silence(method: string, error: unknown): ChannelError {
  if (error instanceof ChannelError) return error;
  const { name, message } = (error ?? {}) as Trace;
  // The guard of our own client: it refused before anything left.
  if (name === 'ForbiddenAddress')
    return new ChannelError('misconfigured', `The API address is not allowed: ${String(message)}.`, { field: 'apiBaseUrl' });
  const code = codeOf(error);
  const nothingLeft = method.toLowerCase() === 'get' || NEVER_LEFT.has(code);
  if (nothingLeft) return new ChannelError('unavailable', `Twilio cannot be reached (${code}).`);
  return new ChannelError(
    'uncertain',
    `The connection to Twilio broke before its answer was complete (${code}): it may have taken the message.`,
  );
}

const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What an error may carry; looked at by its shape, because it can come from another realm of the process. */
interface Trace {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  /** Of a connection that was tried at every address of the host. */
  readonly errors?: readonly unknown[];
}

function codeOf(error: unknown, depth = 0): string {
  const { name, code, cause, errors } = (error ?? {}) as Trace;
  if (typeof code === 'string') return code;
  const deeper = cause ?? errors?.[0];
  if (deeper && depth < 5) return codeOf(deeper, depth + 1);
  return typeof name === 'string' ? name : 'unknown';
}

function byStatus(status: number, method: string): TwilioError {
  if (status === 401 || status === 403) return TWILIO_ERRORS[20003]!;
  if (status === 404) return TWILIO_ERRORS[20404]!;
  if (status === 429) return TWILIO_ERRORS[20429]!;
  if (status >= 300 && status < 400) return wrong('The API address leads somewhere else.', 'apiBaseUrl');
  if (status === 503 || (status >= 500 && method.toLowerCase() === 'get')) return passing('Twilio is not available.', 'unreachable');
  // A broken answer says nothing about what happened before it broke.
  if (status >= 500)
    return {
      means: 'Twilio broke while it worked on the request: it may have taken it.',
      fate: 'uncertain',
      reason: 'uncertain',
      reported: 'failed',
    };
  return no('Twilio does not accept this.');
}
