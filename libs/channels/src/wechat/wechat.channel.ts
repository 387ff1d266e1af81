import {
  ChannelError,
  type Channel,
  type ChannelCheck,
  type ChannelDeps,
  type Door,
  type Inbound,
  type MediaRef,
  type MediaStream,
  type OutboundAttachment,
  type OutboundMessage,
  type ProviderTemplate,
  type SendReceipt,
  type WebhookRequest,
} from '@claimline/messages';
import type { ChannelKind } from '../channel-kind';
import { WechatApi } from './api';
import { eventsOf } from './events';
import { readPush } from './push';
import { wechatConfig, wechatSecrets, type WechatConfig, type WechatSecrets } from './settings';
import { parameterNames, TemplateShelf } from './templates';

const HOUR = 3_600_000;
// WeChat counts bytes: 2048 for a text. 600 Chinese characters are 1800 of them and leave room for what an emoji needs.
const MAX_TEXT = 600;
const MAX_BYTES = 2048;
// Limits of temporary media: a picture 10 MB. Text and pictures are separate messages, and about five may follow one of the customer's.
const MAX_FILE = 10 * 1024 * 1024;
const MOST_FILES = 4;
const PICTURES = ['image/jpeg', 'image/png', 'image/gif', 'image/bmp'];
const SUCCESS = { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'success' };
const MEDIA_PATH = '/cgi-bin/media/get';

/** One official account. */
class WechatChannel implements Channel {
  readonly doors: readonly Door[] = [{ via: 'webhook', receive: (request) => this.receive(request) }];
  readonly #secrets: WechatSecrets;
  private readonly api: WechatApi;
  private readonly shelf: TemplateShelf;

  constructor(
    private readonly config: WechatConfig,
    secrets: WechatSecrets,
    private readonly deps: ChannelDeps,
  ) {
    this.#secrets = secrets;
    this.api = new WechatApi(config, secrets.appSecret, deps);
    this.shelf = new TemplateShelf(this.api, deps.clock);
  }

  async send(message: OutboundMessage): Promise<SendReceipt> {
    this.refuseTooMuch(message);
    if (message.template) return this.sendTemplate(message, message.template);
    const pictures = await this.uploadAll(message.attachments);
    const parts = [
      ...pictures.map((media_id) => ({ msgtype: 'image', image: { media_id } })),
      ...(message.text ? [{ msgtype: 'text', text: { content: message.text } }] : []),
    ];
    return { externalId: await this.sendParts(message, parts), state: 'sent' };
  }

  /** A customer's file, from this account's own API only. */
  async fetchMedia(ref: MediaRef): Promise<MediaStream> {
    const base = new URL(this.config.apiBaseUrl.replace(/\/$/, '') + MEDIA_PATH);
    const url = URL.canParse(ref.url ?? '') ? new URL(ref.url ?? '') : undefined;
    const id = url?.searchParams.get('media_id');
    if (url?.origin !== base.origin || url.pathname !== base.pathname || !id)
      throw new ChannelError('rejected', 'This file is not at WeChat');
    return this.api.download(id);
  }

  templates(): Promise<readonly ProviderTemplate[]> {
    return this.shelf.all();
  }

  /** Asks for a new access token: the only call that proves the AppSecret. */
  async check(): Promise<ChannelCheck> {
    if (this.config.mode === 'aes' && !this.#secrets.encodingAesKey)
      return { ok: false, field: 'encodingAesKey', problem: 'Safe mode needs the EncodingAESKey of the server configuration' };
    try {
      await this.api.tokens.replace(undefined, true);
      return { ok: true, detail: 'WeChat accepts AppID and AppSecret' };
    } catch (error) {
      const { field, message } = error as ChannelError;
      return { ok: false, field: field ?? 'apiBaseUrl', problem: message };
    }
  }

  async close(): Promise<void> {
    // Nothing is kept open: every call is one request.
  }

  private async receive(request: WebhookRequest): Promise<Inbound> {
    const push = readPush(request, { config: this.config, secrets: this.#secrets, now: request.receivedAt ?? this.deps.clock.now() });
    if ('echo' in push) return { events: [], answer: () => ({ ...SUCCESS, body: push.echo }) };
    const mediaUrl = (id: string) => `${this.config.apiBaseUrl.replace(/\/$/, '')}${MEDIA_PATH}?media_id=${encodeURIComponent(id)}`;
    // Within five seconds and without an opinion: what we have to say goes out by the customer-service interface.
    return { events: eventsOf(push.fields, this.config.appId, mediaUrl), answer: () => SUCCESS };
  }

  private refuseTooMuch(message: OutboundMessage): void {
    const refuse = (words: string) => new ChannelError('rejected', words, { reason: 'not-capable' });
    if (message.to.scheme !== 'wechat' || message.to.scope !== this.config.appId)
      throw refuse('This person is not reached by this account');
    if ([...message.text].length > MAX_TEXT || Buffer.byteLength(message.text) > MAX_BYTES)
      throw refuse(`The text is longer than ${MAX_TEXT} characters or ${MAX_BYTES} bytes`);
    if (message.attachments.length > MOST_FILES || message.attachments.some((file) => file.size > MAX_FILE))
      throw refuse(`More than ${MOST_FILES} pictures, or one larger than 10 MB`);
    if (message.attachments.some((file) => !PICTURES.includes(file.contentType))) throw refuse('WeChat takes pictures only');
    if (!message.template && !message.text && message.attachments.length === 0) throw refuse('The message is empty');
  }

  private async sendTemplate(message: OutboundMessage, template: NonNullable<OutboundMessage['template']>): Promise<SendReceipt> {
    const id = await this.templateId(template.name);
    const names = parameterNames(await this.shelf.find(id), template.parameters.length);
    const data = Object.fromEntries(template.parameters.map((value, index) => [names[index], { value }]));
    const link = /https?:\/\/[\w.~:/?#@!$&'()*+,;=%-]+/.exec(message.text)?.[0].replace(/[.,;:!?)]+$/, '');
    const answer = await this.api.send('/cgi-bin/message/template/send', {
      touser: message.to.value,
      template_id: id,
      // A template has no place for a link; tapping the card opens it.
      ...(link && { url: link }),
      data,
      client_msg_id: message.deliveryId.slice(0, 64),
    });
    return { externalId: String(answer.msgid ?? message.deliveryId), state: 'accepted' };
  }

  // A notice is named by its own code. Where the account has approved a template of that name it is used, else the one for all notices.
  private async templateId(name: string): Promise<string> {
    if (this.config.noticeTemplate === '' || (await this.shelf.find(name))) return name;
    return this.config.noticeTemplate;
  }

  /** Before anything is sent, so that a file that fails costs no half message. */
  private async uploadAll(files: readonly OutboundAttachment[]): Promise<string[]> {
    const ids: string[] = [];
    for (const file of files) {
      const content = Buffer.concat(await (await file.open()).toArray());
      ids.push(await this.api.upload('image', { name: file.name, contentType: file.contentType, content }));
    }
    return ids;
  }

  private async sendParts(message: OutboundMessage, parts: readonly object[]): Promise<string> {
    let id = message.deliveryId;
    for (const [index, part] of parts.entries()) {
      try {
        const answer = await this.api.send('/cgi-bin/message/custom/send', { touser: message.to.value, ...part });
        id = String(answer.msgid ?? id);
      } catch (error) {
        if (index === 0) throw error;
        // Trying again would bring the first parts twice: a person looks.
        throw new ChannelError('uncertain', `Only ${index} of ${parts.length} parts were taken: ${(error as Error).message}`);
      }
    }
    return id;
  }
}

/** WeChat: an official account (服务号). */
export const wechatKind: ChannelKind<WechatConfig, WechatSecrets> = {
  kind: 'wechat',
  title: 'WeChat',
  config: wechatConfig,
  secrets: wechatSecrets,
  capabilities: {
    schemes: ['wechat'],
    privacy: 'P1',
    maxText: MAX_TEXT,
    segments: false,
    media: { types: PICTURES, maxBytes: MAX_FILE, maxCount: MOST_FILES },
    receipts: 'sent',
    window: 48 * HOUR,
    templateOutsideWindow: true,
    proactive: false,
    subject: false,
    html: false,
    cc: false,
    typing: false,
    calls: false,
    optOutWords: true,
  },
  address: (config) => config.appId,
  open: ({ config, secrets }, deps) => new WechatChannel(config, secrets, deps),
};
