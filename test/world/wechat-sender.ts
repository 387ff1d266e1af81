import { createCipheriv, createHash, randomBytes, randomInt } from 'node:crypto';

/** A WeChat line as the manifest tells it. */
export interface WechatLine {
  readonly webhook: string;
  readonly appId: string;
  readonly token: string;
  readonly encodingAesKey: string;
}

/** How a push departs from the usual: unencrypted, or signed at another time (milliseconds). */
export interface PushManner {
  readonly plain?: boolean;
  readonly at?: number;
}

type Fields = Readonly<Record<string, string | number>>;

const sha1 = (...parts: string[]): string => createHash('sha1').update(parts.sort().join('')).digest('hex');

/** The query with which WeChat proves that it is WeChat, written here anew and not with the hub's own code. */
export function signWechat(line: WechatLine, sealed = '', at = Date.now()): string {
  const [timestamp, nonce] = [String(Math.floor(at / 1000)), String(randomInt(1e8, 1e9))];
  const safe = sealed ? `&encrypt_type=aes&msg_signature=${sha1(line.token, timestamp, nonce, sealed)}` : '';
  return `signature=${sha1(line.token, timestamp, nonce)}&timestamp=${timestamp}&nonce=${nonce}${safe}`;
}

/** Pushes what WeChat would push; in safe mode unless told otherwise. */
export function postWechat(
  line: WechatLine,
  openId: string,
  fields: Fields,
  { plain = false, at = Date.now() }: PushManner = {},
): Promise<Response> {
  const all = { ToUserName: 'gh_5ba6f0e1', FromUserName: openId, CreateTime: Math.floor(at / 1000), ...fields };
  const xml = `<xml>${Object.entries(all)
    .map(([name, value]) => (typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`))
    .join('')}</xml>`;
  const sealed = plain ? '' : seal(line, xml);
  const body = plain ? xml : `<xml><ToUserName><![CDATA[gh_5ba6f0e1]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
  return fetch(`${line.webhook}?${signWechat(line, sealed, at)}&openid=${openId}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body,
  });
}

/** Somebody follows the account, or follows it no longer. */
export const followWechat = (line: WechatLine, openId: string, event: 'subscribe' | 'unsubscribe'): Promise<Response> =>
  postWechat(line, openId, { MsgType: 'event', Event: event, EventKey: '' });

/** Random bytes, length, message, app id; AES-256-CBC, padded to blocks of 32. */
function seal({ encodingAesKey, appId }: WechatLine, message: string): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const text = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const whole = Buffer.concat([randomBytes(16), length, text, Buffer.from(appId)]);
  const padding = 32 - (whole.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([whole, Buffer.alloc(padding, padding)])), cipher.final()]).toString('base64');
}
