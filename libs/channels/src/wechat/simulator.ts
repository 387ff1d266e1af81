import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type {
  CustomerAction,
  Misbehaviour,
  SimulatedAnswer,
  SimulatedFile,
  SimulatedLine,
  Simulator,
  SimulatorHost,
  StartSimulator,
} from '../simulator';
import { writeFlatXml } from './flat-xml';
import { encrypt, signatureOf } from './signature';
import { filesIn } from './simulated-upload';

type Request = Parameters<Simulator['handle']>[0];
type Fields = Record<string, string | number>;

interface Pushed {
  readonly id: string;
  readonly status: number;
  readonly body: string;
}

// The five-second rule, and how often WeChat asks before the person reads "service unavailable".
const PATIENCE = 5_000;
const TRIES = 3;
const LIFETIME = 7200;
/** The templates of every simulated account. */
const TEMPLATES = [
  {
    template_id: 'claim-progress',
    title: '理赔进度通知',
    content: '理赔进度通知\n保险公司：{{thing1.DATA}}\n案件：{{character_string2.DATA}}\n进度：{{thing3.DATA}}',
  },
];

/** WeChat in a box: its API, its pushes as it signs them, and the customers' phones. */
export class WechatSimulator implements Simulator {
  readonly kind = 'wechat';
  /** How often a token was given out, by app. */
  readonly tokensGiven = new Map<string, number>();
  private readonly secrets = new Map<string, string>();
  private readonly lines = new Map<string, SimulatedLine>();
  private readonly tokens = new Map<string, { token: string; expiresAt: number }>();
  private readonly media = new Map<string, SimulatedFile>();
  private trouble: { how: Misbehaviour; left: number } | undefined;
  private lastMsgId = BigInt(Date.now()) * 100_000n;
  private readonly pushes = new Set<Promise<unknown>>();

  private constructor(private readonly host: SimulatorHost) {}

  static async start(this: void, host: SimulatorHost): Promise<WechatSimulator> {
    return new WechatSimulator(host);
  }

  newLine(address: string): { config: Record<string, unknown>; secrets: Record<string, string> } {
    const secrets = {
      appSecret: randomBytes(16).toString('hex'),
      token: `tk${randomBytes(8).toString('hex')}`,
      encodingAesKey: randomBytes(32).toString('base64').slice(0, 43),
    };
    this.secrets.set(address, secrets.appSecret);
    return { config: { appId: address, apiBaseUrl: this.host.baseUrl, mode: 'aes', noticeTemplate: 'claim-progress' }, secrets };
  }

  async connect(line: SimulatedLine): Promise<void> {
    this.lines.set(line.address, line);
    this.secrets.set(line.address, line.secrets.appSecret ?? '');
  }

  /** What WeChat does when the server configuration is saved: asks whether the address is ours. True when it is. */
  async verify(line: SimulatedLine): Promise<boolean> {
    const echostr = String(randomInt(1e9, 1e10));
    const response = await fetch(`${line.webhookUrl}?${this.signed(line)}&echostr=${echostr}`);
    return response.status === 200 && (await response.text()) === echostr;
  }

  misbehave(how: Misbehaviour | null): void {
    this.trouble = how ? { how, left: how.times ?? Infinity } : undefined;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.pushes);
  }

  async act(line: SimulatedLine, action: CustomerAction): Promise<Pushed> {
    if (action.do === 'voice-message') return this.push(line, action.from.value, this.voice(action.media, action.transcript));
    if (action.do !== 'message') return { id: '', status: 400, body: 'a WeChat user can only write, speak and send pictures' };
    const parts: Fields[] = [
      ...(action.text ? [{ MsgType: 'text', Content: action.text }] : []),
      ...(action.media ?? []).map((file) => this.picture(file)),
    ];
    let last: Pushed = { id: '', status: 400, body: 'nothing to send' };
    for (const part of parts) last = await this.push(line, action.from.value, { ...part, MsgId: action.id ?? this.nextMsgId() }, action.at);
    return last;
  }

  /** Any event of WeChat, e.g. `{ Event: 'unsubscribe', EventKey: '' }`. */
  event(line: SimulatedLine, openId: string, fields: Fields): Promise<Pushed> {
    return this.push(line, openId, { MsgType: 'event', ...fields });
  }

  async handle(request: Request): Promise<SimulatedAnswer | undefined> {
    if (request.path === '/cgi-bin/token') return this.giveToken(request.query);
    const app = this.appOf(request.query.get('access_token'));
    if (!app) return says({ errcode: 40001, errmsg: 'invalid credential, access_token is invalid or not latest' });
    if (app.expired) return says({ errcode: 42001, errmsg: 'access_token expired' });
    switch (request.path) {
      case '/cgi-bin/message/custom/send':
        return this.take(app.id, request, (body) => this.deliver(app.id, body));
      case '/cgi-bin/message/template/send':
        return this.take(app.id, request, (body) => this.deliverTemplate(app.id, body));
      case '/cgi-bin/media/get':
        return this.giveMedia(request.query.get('media_id') ?? '');
      case '/cgi-bin/media/upload':
        return this.keepMedia(request);
      case '/cgi-bin/template/get_all_private_template':
        return says({ template_list: TEMPLATES });
      default:
        return request.path.startsWith('/cgi-bin/menu/') ? says({ errcode: 0, errmsg: 'ok' }) : undefined;
    }
  }

  /** Makes the token of an app as old as time makes it. */
  expireToken(appId: string): void {
    const known = this.tokens.get(appId);
    if (known) this.tokens.set(appId, { ...known, expiresAt: 0 });
  }

  private giveToken(query: URLSearchParams): SimulatedAnswer {
    const appId = query.get('appid') ?? '';
    if (!this.secrets.has(appId)) return says({ errcode: 40013, errmsg: 'invalid appid' });
    if (this.secrets.get(appId) !== query.get('secret') || this.troubled('unauthorized'))
      return says({ errcode: 40125, errmsg: 'invalid appsecret' });
    const token = randomBytes(40).toString('base64url');
    this.tokens.set(appId, { token, expiresAt: this.host.now().getTime() + LIFETIME * 1000 });
    this.tokensGiven.set(appId, (this.tokensGiven.get(appId) ?? 0) + 1);
    return says({ access_token: token, expires_in: LIFETIME });
  }

  private appOf(token: string | null): { id: string; expired: boolean } | undefined {
    for (const [id, known] of this.tokens) if (known.token === token) return { id, expired: known.expiresAt <= this.host.now().getTime() };
    return undefined;
  }

  /** A message for a customer, or the trouble that was asked for. */
  private take(appId: string, request: Request, deliver: (body: Record<string, unknown>) => object): SimulatedAnswer {
    const body = JSON.parse(request.body.toString('utf8')) as Record<string, unknown>;
    const to = String(body.touser);
    const refusal = REFUSALS.find(([how]) => this.troubled(how, to))?.[1];
    if (refusal) return says(refusal);
    if (this.troubled('unauthorized', to)) {
      this.tokens.delete(appId);
      return says({ errcode: 40001, errmsg: 'invalid credential' });
    }
    if (this.troubled('answer-500', to)) return { status: 500, body: 'system error' };
    if (this.troubled('hang', to)) return 'hang';
    if (this.troubled('close-mid-answer', to)) return 'die-mid-answer';
    const dies = this.troubled('accept-then-die', to);
    const answer = deliver(body);
    return dies ? 'die' : says(answer);
  }

  private deliver(appId: string, body: Record<string, unknown>): object {
    const { text, image } = body as { text?: { content: string }; image?: { media_id: string } };
    const file = image && this.media.get(image.media_id);
    if (image && !file) return { errcode: 40007, errmsg: 'invalid media_id' };
    const attachments = file && [{ name: file.name, contentType: file.contentType, size: file.content.length }];
    this.tell(appId, String(body.touser), text?.content ?? '', { attachments, raw: { msgtype: String(body.msgtype) } });
    return { errcode: 0, errmsg: 'ok' };
  }

  private deliverTemplate(appId: string, body: Record<string, unknown>): object {
    const template = TEMPLATES.find((one) => one.template_id === body.template_id);
    if (!template) return { errcode: 40037, errmsg: 'invalid template_id' };
    const to = String(body.touser);
    const msgid = this.nextMsgId();
    const blocked = this.troubled('undeliverable', to);
    const data = body.data as Record<string, { value: string }>;
    if (!blocked)
      this.tell(
        appId,
        to,
        template.content.replace(/\{\{(\w+)\.DATA\}\}/g, (_, name: string) => data[name]?.value ?? '') + tapped(body.url),
        { raw: { msgtype: 'template' } },
      );
    if (!this.troubled('no-receipts', to))
      this.reportLater(appId, to, { Event: 'TEMPLATESENDJOBFINISH', MsgID: msgid, Status: blocked ? 'failed:user block' : 'success' });
    return { errcode: 0, errmsg: 'ok', msgid };
  }

  private tell(appId: string, to: string, text: string, more: object): void {
    this.host.received({ id: randomUUID(), channel: 'wechat', from: appId, to, text, at: this.host.now().toISOString(), ...more });
  }

  private reportLater(appId: string, openId: string, fields: Fields): void {
    const line = this.lines.get(appId);
    if (!line) return;
    const pushed = this.event(line, openId, fields).finally(() => this.pushes.delete(pushed));
    this.pushes.add(pushed);
  }

  private giveMedia(id: string): SimulatedAnswer {
    const file = this.media.get(id);
    if (!file || this.troubled('media-404')) return says({ errcode: 40007, errmsg: 'invalid media_id' });
    return {
      status: 200,
      headers: { 'content-type': file.contentType, 'content-disposition': `attachment; filename="${encodeURIComponent(file.name)}"` },
      body: Buffer.from(file.content),
    };
  }

  private keepMedia(request: Request): SimulatedAnswer {
    const [file] = filesIn(request.body, request.headers['content-type'] ?? '');
    if (!file) return says({ errcode: 41005, errmsg: 'media data missing' });
    return says({ type: request.query.get('type'), media_id: this.keep(file), created_at: Math.floor(this.host.now().getTime() / 1000) });
  }

  private keep(file: SimulatedFile): string {
    const id = randomBytes(24).toString('base64url');
    this.media.set(id, file);
    return id;
  }

  private picture(file: SimulatedFile): Fields {
    const id = this.keep(file);
    if (file.contentType.startsWith('audio/')) return { MsgType: 'voice', MediaId: id, Format: formatOf(file) };
    if (file.contentType.startsWith('video/')) return { MsgType: 'video', MediaId: id, ThumbMediaId: id };
    return { MsgType: 'image', PicUrl: `${this.host.baseUrl}/mmbiz/${id}/0`, MediaId: id };
  }

  private voice(file: SimulatedFile, transcript: string | undefined): Fields {
    return { MsgType: 'voice', MediaId: this.keep(file), Format: formatOf(file), Recognition: transcript ?? '', MsgId: this.nextMsgId() };
  }

  /** Sends a push, again with a fresh signature where no answer comes in time, as WeChat does. */
  private async push(line: SimulatedLine, openId: string, fields: Fields, at = this.host.now()): Promise<Pushed> {
    const xml = writeFlatXml({ ToUserName: 'gh_5ba6f0e1', FromUserName: openId, CreateTime: Math.floor(at.getTime() / 1000), ...fields });
    const id = String(fields.MsgId ?? fields.MsgID ?? '');
    let last: Pushed = { id, status: 503, body: '该公众号提供的服务出现故障，请稍后再试' };
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const response = await this.knock(line, openId, xml).catch(() => undefined);
      if (response) last = { id, status: response.status, body: await response.text() };
      if (response && response.status < 500) break;
    }
    return last;
  }

  private knock(line: SimulatedLine, openId: string, xml: string): Promise<Response> {
    const aes = line.config.mode !== 'plain';
    const sealed = aes ? encrypt(line.secrets.encodingAesKey ?? '', xml, line.address, randomBytes(16)) : '';
    const query = `${this.signed(line, sealed)}&openid=${encodeURIComponent(openId)}`;
    const body = aes ? `<xml><ToUserName><![CDATA[gh_5ba6f0e1]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>` : xml;
    return fetch(`${line.webhookUrl}?${query}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/xml' },
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  private signed(line: SimulatedLine, sealed = ''): string {
    const timestamp = String(Math.floor(this.host.now().getTime() / 1000));
    const nonce = String(randomInt(1e8, 1e9));
    const token = line.secrets.token ?? '';
    const safe = sealed ? `&encrypt_type=aes&msg_signature=${signatureOf(token, timestamp, nonce, sealed)}` : '';
    return `signature=${signatureOf(token, timestamp, nonce)}&timestamp=${timestamp}&nonce=${nonce}${safe}`;
  }

  private nextMsgId(): string {
    return String((this.lastMsgId += 1n));
  }

  private troubled(how: Misbehaviour['how'], to?: string): boolean {
    const trouble = this.trouble;
    if (!trouble || trouble.how.how !== how || trouble.left <= 0 || (trouble.how.to && trouble.how.to !== to)) return false;
    trouble.left -= 1;
    return true;
  }
}

// The card of a template opens its page when it is tapped; the phone shows where that leads.
const tapped = (url: unknown): string => (typeof url === 'string' ? `\n详情：${url}` : '');

const REFUSALS: readonly (readonly [Misbehaviour['how'], { errcode: number; errmsg: string }])[] = [
  ['answer-429', { errcode: 45009, errmsg: 'reach max api daily quota limit' }],
  ['refuse', { errcode: 40003, errmsg: 'invalid openid' }],
  ['opted-out', { errcode: 43004, errmsg: 'require subscribe' }],
  ['window-closed', { errcode: 45015, errmsg: 'response out of time limit or subscription is canceled' }],
];

const says = (body: object): SimulatedAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json; encoding=utf-8' },
  body: JSON.stringify(body),
});
const formatOf = (file: SimulatedFile) =>
  ({ 'audio/amr': 'amr', 'audio/mpeg': 'mp3', 'audio/wav': 'wav', 'audio/ogg': 'ogg', 'audio/mp4': 'm4a' })[file.contentType] ?? 'amr';

/** WeChat in a box. */
export const startWechatSimulator: StartSimulator = WechatSimulator.start;
