import { ChannelError, type Fate, type ReasonCode } from '@claimline/messages';

interface Meaning {
  readonly fate: Fate;
  readonly says: string;
  readonly reason?: ReasonCode;
  readonly field?: string;
  readonly addressUnusable?: boolean;
  readonly retryAfter?: number;
}

const MINUTE = 60_000;

// Global return codes of the official account API; the codes of the access token are handled before this table is asked.
const CODES: Readonly<Record<number, Meaning>> = {
  [-1]: { fate: 'unavailable', says: 'WeChat is busy', retryAfter: MINUTE / 6 },
  40001: { fate: 'misconfigured', says: 'WeChat does not accept the AppSecret', field: 'appSecret' },
  40002: { fate: 'misconfigured', says: 'WeChat does not accept the AppID', field: 'appId' },
  40003: { fate: 'rejected', says: 'this openid is not of this account', reason: 'undeliverable', addressUnusable: true },
  40004: { fate: 'rejected', says: 'this kind of file is not taken' },
  40007: { fate: 'unavailable', says: 'WeChat does not have this file (any more)' },
  40013: { fate: 'misconfigured', says: 'WeChat does not know the AppID', field: 'appId' },
  40037: { fate: 'rejected', says: 'the template is not of this account', reason: 'template-missing' },
  40125: { fate: 'misconfigured', says: 'the AppSecret is wrong: enter it again', field: 'appSecret' },
  40164: {
    fate: 'misconfigured',
    says: 'the address of this server is not on the IP white list (IP白名单) of the account',
    field: 'appId',
  },
  40243: { fate: 'misconfigured', says: 'the AppSecret is frozen', field: 'appSecret' },
  41002: { fate: 'misconfigured', says: 'the AppID is missing', field: 'appId' },
  41004: { fate: 'misconfigured', says: 'the AppSecret is missing', field: 'appSecret' },
  43004: { fate: 'suppressed', says: 'this person does not follow the account', reason: 'opted-out' },
  43019: { fate: 'suppressed', says: 'this person is on the black list of the account', reason: 'opted-out' },
  43101: { fate: 'suppressed', says: 'this person refuses such messages', reason: 'opted-out' },
  45001: { fate: 'rejected', says: 'the file is too large' },
  45002: { fate: 'rejected', says: 'the text is too long' },
  45009: { fate: 'unavailable', says: 'the quota of calls of today is used up', retryAfter: 30 * MINUTE },
  45011: { fate: 'unavailable', says: 'too many calls in this minute', retryAfter: MINUTE },
  45015: { fate: 'window-closed', says: '48 hours have passed since this person wrote' },
  45047: { fate: 'window-closed', says: 'no further message before this person writes again' },
  48001: { fate: 'misconfigured', says: 'this account has no right to send so: it must be a verified service account', field: 'appId' },
  50002: { fate: 'misconfigured', says: 'the account is frozen', field: 'appId' },
};

/** The access token is wrong or too old: get another one and try once more. */
export const isTokenCode = (code: number): boolean => [40001, 40014, 42001].includes(code);

/** Turns a return code of WeChat into its fate. An unknown code is a no. */
export function apiFate(code: number): ChannelError {
  const meaning = CODES[code] ?? { fate: 'rejected', says: 'WeChat refuses' };
  const { fate, says, ...more } = meaning;
  return new ChannelError(fate, `${says} (${code})`, { ...more, vendorCode: String(code) });
}

// Nothing of ours can have arrived when the connection was never made.
const NEVER_CONNECTED = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT|ERR_TLS/;

/** The fate of a call that broke. `harmless` calls (asking for a token or a file) may be made again whatever happened. */
export function brokenCall(error: unknown, harmless: boolean): ChannelError {
  if (error instanceof ChannelError) return error;
  const { code, name, cause } = error as { code?: string; name?: string; cause?: { code?: string } };
  const word = cause?.code ?? code ?? name ?? 'unknown';
  // The cause is left out: it may show the address that was called, which holds the access token.
  if (harmless || NEVER_CONNECTED.test(word))
    return new ChannelError('unavailable', `WeChat cannot be reached (${word})`, { vendorCode: word });
  return new ChannelError('uncertain', `The connection to WeChat broke before its answer (${word})`, { vendorCode: word });
}
