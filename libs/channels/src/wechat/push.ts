import { ChannelError, type WebhookRequest } from '@claimline/messages';
import { readFlatXml } from './flat-xml';
import type { WechatConfig, WechatSecrets } from './settings';
import { decrypt, sameSignature, signatureOf } from './signature';

/** What proves that a request is WeChat's. */
export interface PushKeys {
  readonly config: WechatConfig;
  readonly secrets: WechatSecrets;
  readonly now: Date;
}

/** A verified request of WeChat: its question whether the address is ours, or the fields of a push. */
export type Push = { readonly echo: string } | { readonly fields: Readonly<Record<string, string>> };

// WeChat gives up after three tries of five seconds; more leaves room for clocks that differ, less would lose messages.
const FRESH_FOR = 10 * 60_000;

/** Verifies and opens a request. Rejects with `unauthentic` what WeChat did not sign, or signed too long ago, and with `malformed` what it did sign but we cannot read. */
export function readPush(request: WebhookRequest, keys: PushKeys): Push {
  const query = new URL(request.url).searchParams;
  const signed = { timestamp: query.get('timestamp') ?? '', nonce: query.get('nonce') ?? '' };
  refuseStale(signed.timestamp, keys.now);
  const plainSignature = signatureOf(keys.secrets.token, signed.timestamp, signed.nonce);
  if (request.method === 'GET') {
    if (!sameSignature(query.get('signature'), plainSignature)) throw unauthentic();
    return { echo: query.get('echostr') ?? '' };
  }
  const body = request.body.toString('utf8');
  if (keys.config.mode === 'aes') return { fields: fieldsOf(openSealed(body, query, keys)) };
  // In plain mode the signature does not cover the body: that is WeChat's design and the reason why safe mode is the default here.
  if (!sameSignature(query.get('signature'), plainSignature)) throw unauthentic();
  return { fields: fieldsOf(body) };
}

function openSealed(body: string, query: URLSearchParams, { config, secrets }: PushKeys): string {
  if (!secrets.encodingAesKey) throw new ChannelError('misconfigured', 'Safe mode needs the EncodingAESKey', { field: 'encodingAesKey' });
  const sealed = sealedIn(body);
  const expected = signatureOf(secrets.token, query.get('timestamp') ?? '', query.get('nonce') ?? '', sealed);
  if (!sealed || !sameSignature(query.get('msg_signature'), expected)) throw unauthentic();
  try {
    return decrypt(secrets.encodingAesKey, sealed, config.appId);
  } catch (cause) {
    throw new ChannelError('malformed', 'The push is signed but cannot be decrypted: compare EncodingAESKey and AppID', { cause });
  }
}

/** The sealed part; an envelope that cannot be read was not signed as it is. */
function sealedIn(body: string): string {
  try {
    return parse(body).Encrypt ?? '';
  } catch {
    return '';
  }
}

function fieldsOf(text: string): Record<string, string> {
  try {
    const fields = parse(text);
    if (fields.FromUserName && fields.MsgType) return fields;
  } catch (cause) {
    throw new ChannelError('malformed', 'The push is no message of WeChat', { cause });
  }
  throw new ChannelError('malformed', 'The push names no sender or no type');
}

/** XML, or JSON where the account is set to it. */
function parse(text: string): Record<string, string> {
  const isJson = text.trimStart().startsWith('{');
  const fields: Record<string, unknown> = isJson ? (JSON.parse(text) as Record<string, unknown>) : readFlatXml(text);
  // PostgreSQL keeps no NUL in text; one such message would be refused and lost after the third try.
  const plain = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value)).replaceAll('\u0000', '');
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, plain(value)]));
}

function refuseStale(timestamp: string, now: Date): void {
  const age = Math.abs(now.getTime() - Number(timestamp) * 1000);
  if (!/^\d{1,12}$/.test(timestamp) || age > FRESH_FOR)
    throw new ChannelError('unauthentic', 'The request is too old, or the clock of this server is wrong');
}

const unauthentic = () => new ChannelError('unauthentic', 'The signature is not of WeChat: compare the Token in the server configuration');
