import {
  ChannelError,
  tel,
  type Channel,
  type ChannelCheck,
  type ChannelDeps,
  type Door,
  type Inbound,
  type InboundEvent,
  type MediaRef,
  type MediaStream,
  type OutboundMessage,
  type SendReceipt,
  type WebhookRequest,
} from '@claimline/messages';
import { z } from 'zod';
import type { ChannelKind } from '../channel-kind';
import { TwilioLine } from '../vendors/twilio/line';
import { twilioConfig, twilioSecrets, type TwilioSecrets } from '../vendors/twilio/settings';
import { signedFields } from '../vendors/twilio/signature';
import { twimlAnswer } from '../vendors/twilio/xml';
import { SMS_CAPABILITIES } from './capabilities';
import { carrierHandled, deliveryReport, inboundMessage, STATES } from './inbound-sms';

const config = twilioConfig.extend({
  messagingServiceSid: z
    .string()
    .regex(/^MG[0-9a-f]{32}$/, 'starts with MG, then 32 characters 0-9 a-f')
    .optional()
    .meta({
      title: 'Messaging Service SID',
      description: 'Only where the number belongs to a Messaging Service (Advanced Opt-Out, A2P campaigns). Starts with MG.',
    }),
});
type SmsConfig = z.infer<typeof config>;

// Four hours: news of a claim that comes later than that is better told another way, and the hub then does.
const VALIDITY_SECONDS = 14_400;

/** SMS and MMS through Twilio. */
export const twilioSms: ChannelKind<SmsConfig, TwilioSecrets> = {
  kind: 'twilio-sms',
  title: 'SMS (Twilio)',
  config,
  secrets: twilioSecrets,
  capabilities: SMS_CAPABILITIES,
  address: ({ phoneNumber }) => phoneNumber,
  open: ({ config, secrets }, deps) => new TwilioSms(config, secrets, deps),
};

class TwilioSms implements Channel {
  readonly doors: readonly Door[] = [{ via: 'webhook', receive: (request) => this.receive(request) }];
  readonly #line: TwilioLine;

  constructor(
    private readonly config: SmsConfig,
    secrets: TwilioSecrets,
    private readonly deps: ChannelDeps,
  ) {
    this.#line = new TwilioLine(config, secrets, deps);
  }

  async send(message: OutboundMessage): Promise<SendReceipt> {
    refuseUnsendable(message);
    const api = await this.#line.api();
    const { phoneNumber, messagingServiceSid } = this.config;
    const sent = await api.messages.create({
      to: message.to.value,
      // Also with a service: it would choose another number of its pool, and the answers would come to another line.
      from: phoneNumber,
      messagingServiceSid,
      body: message.text || undefined,
      mediaUrl: message.attachments.length > 0 ? message.attachments.map(({ url }) => url) : undefined,
      statusCallback: this.statusUrl(message.deliveryId),
      validityPeriod: VALIDITY_SECONDS,
    });
    return { externalId: sent.sid, state: receiptState(sent.status) };
  }

  /**
   * Looks for a message to the same person with the same words since the first try. All messages to that person are read, newest first:
   * Twilio can filter by the date of sending only, which a message still in its queue does not have, and "absent" would then be a lie.
   */
  async find(message: OutboundMessage): Promise<SendReceipt | 'absent'> {
    const api = await this.#line.api();
    const notBefore = this.#line.notBefore(message.firstTriedAt);
    for (let page = await api.messages.page({ to: message.to.value, pageSize: 50 }); page; page = (await page.nextPage()) as typeof page) {
      const found = page.instances.find(
        (one) => one.dateCreated >= notBefore && one.direction !== 'inbound' && wordsOf(one.body) === message.text,
      );
      if (found) return { externalId: found.sid, state: receiptState(found.status) };
      if (page.instances.some((one) => one.dateCreated < notBefore)) return 'absent';
    }
    return 'absent';
  }

  fetchMedia(ref: MediaRef): Promise<MediaStream> {
    return this.#line.fetchMedia(ref);
  }

  /** What customers sent since then, oldest first. */
  async *backfill(since: Date): AsyncIterable<InboundEvent> {
    const api = await this.#line.api();
    const earliest = this.#line.notBefore(since);
    const listed = await api.messages.list({ to: this.config.phoneNumber, dateSentAfter: earliest, pageSize: 200 });
    for (const one of listed.reverse()) {
      if (one.direction !== 'inbound' || (one.dateSent ?? one.dateCreated) < earliest) continue;
      const media = Number(one.numMedia) > 0 ? await api.messages(one.sid).media.list({ limit: 10 }) : [];
      yield {
        kind: 'message',
        key: one.sid,
        to: one.to,
        from: tel(one.from),
        text: one.body,
        occurredAt: one.dateSent ?? one.dateCreated,
        media: media.map(({ sid, uri, contentType }) => ({
          key: sid,
          url: `${this.config.apiBaseUrl}${uri.replace(/\.json$/, '')}`,
          contentType,
        })),
        carrierHandled: carrierHandled(one.body, undefined),
      };
    }
  }

  check(): Promise<ChannelCheck> {
    return this.#line.check('sms');
  }

  async close(): Promise<void> {
    // Nothing stays open between two calls: the connections belong to the hub's `fetch`.
  }

  private async receive(request: WebhookRequest): Promise<Inbound> {
    const fields = signedFields(this.#line.secrets.authToken, request);
    const answer = () => twimlAnswer();
    if (request.path !== 'status') return { events: [inboundMessage(fields)], answer };
    const report = deliveryReport(fields, this.config.phoneNumber);
    if (!report) this.deps.log.warn({ status: fields.MessageStatus, sid: fields.MessageSid }, 'Twilio reports a state that is not known');
    return { events: report ? [report] : [], answer };
  }

  /** Our own id goes along: a report then settles a send whose answer was lost. */
  private statusUrl(deliveryId: string): string {
    return `${this.deps.inbox.webhookUrl}/status?delivery=${encodeURIComponent(deliveryId)}`;
  }
}

// A trial account puts this before everything it sends.
const wordsOf = (body: string): string => body.replace(/^Sent from your Twilio trial account - /, '');

function receiptState(status: string): SendReceipt['state'] {
  const state = STATES[status];
  return state === 'sent' || state === 'delivered' ? state : 'accepted';
}

function refuseUnsendable({ to, text, attachments }: OutboundMessage): void {
  const { maxText, media } = SMS_CAPABILITIES;
  const no = (message: string): never => {
    throw new ChannelError('rejected', message, { reason: 'not-capable' });
  };
  if (to.scheme !== 'tel') no(`SMS reaches phone numbers, not ${to.scheme}.`);
  if (text.length > maxText) no(`An SMS has at most ${maxText} characters; this one has ${text.length}.`);
  if (!text && attachments.length === 0) no('An SMS needs words or a file.');
  if (attachments.length > media!.maxCount) no(`At most ${media!.maxCount} files go with one message.`);
  const strange = attachments.find(({ contentType }) => !media!.types.includes(contentType));
  if (strange) no(`A phone cannot be relied on to show ${strange.contentType}: send a link instead.`);
  if (attachments.reduce((sum, { size }) => sum + size, 0) > media!.maxBytes)
    no(`The files of one message may have ${media!.maxBytes / 1_000_000} MB together.`);
}
