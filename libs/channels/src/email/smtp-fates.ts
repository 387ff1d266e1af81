import { ChannelError } from '@claimline/messages';

/** What nodemailer says of a failed send. */
export interface SmtpFailure {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
  readonly message?: string;
}

// SMTP names no time; a greylisting server wants a few minutes (RFC 6647 §4.2), and a busy one is no worse for waiting.
const RETRY_AFTER = 120_000;
// RFC 3463: bad mailbox, bad domain, bad syntax, no such system, moved without a new address, null MX, mailbox disabled.
const DEAD_ADDRESS = /\b5\.(?:1\.(?:1|2|3|6|10)|2\.1|4\.4)\b/;
const DEAD_ADDRESS_WORDS =
  /user (?:unknown|not found|doesn'?t exist)|no such (?:user|recipient|mailbox)|unknown (?:user|recipient|mailbox)|mailbox (?:unavailable|not found|does not exist)|does not exist|recipient (?:not found|unknown)|用户不存在/i;
const CONNECTION_FIELDS: Readonly<Record<string, string>> = { EDNS: 'smtp.host', ETLS: 'smtp.secure', EREQUIRETLS: 'smtp.secure' };

/**
 * Turns a failed send into its fate. `bodyLeft`: the whole mail went out and only the answer is missing; the server may have it.
 * The server's words are shown without what follows a line break, and never the sign-in.
 */
export function smtpFate(failure: SmtpFailure, bodyLeft: boolean): ChannelError {
  const code = failure.responseCode;
  if (failure.code === 'EAUTH' || code === 530 || code === 535 || code === 534) return signInFailed(failure);
  if (code && code >= 500) return refused(failure, code);
  if (code && code >= 400)
    return new ChannelError('unavailable', `The mail server asks to try again later: ${words(failure)}`, {
      vendorCode: vendorCode(failure),
      retryAfter: RETRY_AFTER,
    });
  if (bodyLeft)
    return new ChannelError('uncertain', 'The connection to the mail server ended after the mail and before the answer', {
      vendorCode: failure.code,
    });
  if (failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE')
    return new ChannelError('rejected', `The mail cannot be sent: ${words(failure)}`, { vendorCode: failure.code });
  const field = CONNECTION_FIELDS[failure.code ?? ''];
  return new ChannelError(
    'unavailable',
    `The mail server cannot be reached (${failure.code ?? 'unknown'})${field ? `; look at ${field}` : ''}`,
    { vendorCode: failure.code, field },
  );
}

/** The configuration field that a failed connection speaks of, for "Test connection". */
export function fieldOfFailure(failure: SmtpFailure): string {
  if (failure.code === 'EAUTH' || [530, 534, 535].includes(failure.responseCode ?? 0)) return 'smtpPassword';
  if (failure.code === 'ETLS' || /wrong version number|ssl|tls|certificate/i.test(failure.message ?? '')) return 'smtp.secure';
  return 'smtp.host';
}

function signInFailed(failure: SmtpFailure): ChannelError {
  // 454 and other 4xx at sign-in are the server's trouble, not a wrong password (RFC 4954 §6).
  if (failure.responseCode && failure.responseCode < 500)
    return new ChannelError('unavailable', `The mail server cannot check the sign-in now: ${words(failure)}`, {
      retryAfter: RETRY_AFTER,
      vendorCode: vendorCode(failure),
    });
  return new ChannelError('misconfigured', 'The mail server does not accept the user and password: enter them again', {
    field: 'smtpPassword',
    vendorCode: vendorCode(failure),
  });
}

function refused(failure: SmtpFailure, code: number): ChannelError {
  const response = failure.response ?? '';
  if (failure.command === 'MAIL FROM')
    return new ChannelError('misconfigured', `The mail server does not let this address send: ${words(failure)}`, {
      field: 'address',
      vendorCode: vendorCode(failure),
    });
  const dead =
    DEAD_ADDRESS.test(response) || (failure.command === 'RCPT TO' && [550, 551, 553].includes(code) && DEAD_ADDRESS_WORDS.test(response));
  const full = /\b5\.2\.2\b/.test(response) || code === 552;
  const reason = dead || full ? 'undeliverable' : 'rejected';
  return new ChannelError('rejected', `The mail server refuses: ${words(failure)}`, {
    reason,
    addressUnusable: dead,
    vendorCode: vendorCode(failure),
  });
}

const vendorCode = (failure: SmtpFailure) =>
  /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(failure.response ?? '')?.[0] ?? (failure.responseCode ? String(failure.responseCode) : failure.code);
const words = (failure: SmtpFailure) => (failure.response ?? failure.message ?? '').split(/[\r\n]/, 1)[0]?.slice(0, 200) ?? '';
