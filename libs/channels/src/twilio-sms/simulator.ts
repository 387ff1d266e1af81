import type { CustomerAction, OutboxEntry, SimulatedAnswer, SimulatedLine, Simulator, SimulatorHost, StartSimulator } from '../simulator';
import {
  json,
  page,
  refused,
  sid,
  SimulatedAccount,
  type SimulatedCallOfApi,
  type SimulatedRoute,
} from '../vendors/twilio/simulated-account';
import { carrierHandled } from './inbound-sms';
import { mediaResource, resource, type Kept } from './simulated-message';

type MessageAction = Extract<CustomerAction, { do: 'message' }>;

// A bench sends hundreds of thousands; what `find` and `backfill` ask for is recent.
const KEPT_MESSAGES = 20_000;

/** Twilio's messaging in a box, with every carrier and every phone behind it. */
export const startTwilioSms: StartSimulator = async (host) => new TwilioSmsInABox(host);

class TwilioSmsInABox implements Simulator {
  readonly kind = 'twilio-sms';
  private readonly account: SimulatedAccount;
  /** By id, oldest first. */
  private readonly kept = new Map<string, Kept>();
  /** `line customer` of those who have said STOP. */
  private readonly optedOut = new Set<string>();

  constructor(private readonly host: SimulatorHost) {
    this.account = new SimulatedAccount(host);
  }

  async connect(line: SimulatedLine): Promise<void> {
    this.account.lines.set(line.inboxId, line);
  }

  newLine(address: string) {
    return this.account.newLine(address);
  }

  misbehave(how: Parameters<Simulator['misbehave']>[0]): void {
    this.account.misbehave(how);
  }

  async close(): Promise<void> {
    this.account.close();
  }

  async handle(call: SimulatedCallOfApi): Promise<SimulatedAnswer | undefined> {
    const file = /^\/cdn\/(ME[0-9a-f]{32})$/.exec(call.path)?.[1];
    return file ? this.bytes(file) : this.account.handle(call, this.routes);
  }

  async act(line: SimulatedLine, action: CustomerAction) {
    if (action.do !== 'message') throw new Error(`a phone that can only text cannot "${action.do}"`);
    const kept = this.kept.get(action.id ?? '') ?? this.keepInbound(line, action);
    const optOutType = this.carrier(line, kept);
    const posted = await this.account.post(line, line.webhookUrl, this.inboundFields(line, kept, optOutType));
    if (optOutType) this.carrierReplies(line, kept.from, optOutType);
    return { id: kept.sid, ...posted };
  }

  private readonly routes: readonly SimulatedRoute[] = [
    {
      method: 'POST',
      path: /^\/Messages\.json$/,
      answer: (line, call) => this.send(line, new URLSearchParams(call.body.toString('utf8'))),
    },
    {
      method: 'GET',
      path: /^\/Messages\.json$/,
      answer: (line, call) =>
        json(
          200,
          page(
            'messages',
            this.listed(line, call.query).map((one) => resource(line, one)),
            call,
          ),
        ),
    },
    {
      method: 'GET',
      path: /^\/Messages\/((?:SM|MM)[0-9a-f]{32})\/Media\.json$/,
      answer: (line, call, [id]) =>
        json(
          200,
          page(
            'media_list',
            (this.kept.get(id ?? '')?.media ?? []).map(({ sid: media, file }) => mediaResource(line, { id: id!, media, file })),
            call,
          ),
        ),
    },
    {
      method: 'GET',
      path: /^\/Messages\/(?:SM|MM)[0-9a-f]{32}\/Media\/(ME[0-9a-f]{32})$/,
      // The real one sends on to its content network, too.
      answer: (_line, _call, [media]) => ({ status: 307, headers: { location: `${this.host.baseUrl}/cdn/${media}` }, body: '' }),
    },
  ];

  private async send(line: SimulatedLine, form: URLSearchParams): Promise<SimulatedAnswer> {
    const to = form.get('To') ?? '';
    const trouble = this.account.troubleFor(to, [
      'answer-429',
      'answer-500',
      'hang',
      'refuse',
      'opted-out',
      'undeliverable',
      'close-mid-answer',
      'accept-then-die',
    ]);
    const no = this.refusal(line, form, trouble);
    if (no) return no;
    const kept: Kept = {
      sid: sid(form.has('MediaUrl') ? 'MM' : 'SM'),
      direction: 'outbound-api',
      from: line.address,
      to,
      body: form.get('Body') ?? '',
      at: this.host.now(),
      media: [],
      status: 'queued',
    };
    this.keep(kept);
    if (trouble !== 'undeliverable')
      this.host.received({ ...this.entry(line, to, kept.body), id: kept.sid, attachments: await filesBehind(form.getAll('MediaUrl')) });
    this.report(line, { kept, url: form.get('StatusCallback'), undeliverable: trouble === 'undeliverable' });
    if (trouble === 'accept-then-die') return 'die';
    if (trouble === 'close-mid-answer') return 'die-mid-answer';
    return json(201, resource(line, kept));
  }

  private refusal(line: SimulatedLine, form: URLSearchParams, trouble: string | undefined): SimulatedAnswer | undefined {
    const to = form.get('To') ?? '';
    if (trouble === 'hang') return 'hang';
    if (trouble === 'answer-429') return refused(429, 20429, 'Too Many Requests', { 'retry-after': '1' });
    if (trouble === 'answer-500') return refused(500, 20500, 'Internal server error');
    if (trouble === 'refuse')
      return refused(400, 21612, `Message cannot be sent with the current combination of 'To' (${to}) and/or 'From' parameters`);
    if (trouble === 'opted-out' || this.optedOut.has(`${line.address} ${to}`))
      return refused(400, 21610, `Attempt to send to unsubscribed recipient`);
    if (!/^\+[1-9]\d{6,14}$/.test(to)) return refused(400, 21211, `Invalid 'To' Phone Number: ${to}`);
    if (form.get('From') !== line.address)
      return refused(400, 21606, `The 'From' phone number is not a valid, message-capable Twilio number for this account`);
    if (!form.get('Body') && !form.has('MediaUrl')) return refused(400, 21602, 'Message body is required');
    return (form.get('Body') ?? '').length > 1_600
      ? refused(400, 21617, 'The concatenated message body exceeds the 1600 character limit')
      : undefined;
  }

  /** Reports in order, each after the one before was answered; there is none for the state that the API itself told. */
  private report(line: SimulatedLine, { kept, url, undeliverable }: { kept: Kept; url: string | null; undeliverable: boolean }): void {
    const silent = this.account.troubleFor(kept.to, ['no-receipts']);
    const states = undeliverable ? ['sent', 'undelivered'] : ['sent', 'delivered'];
    const next = async (): Promise<void> => {
      const status = states.shift();
      if (!status) return;
      kept.status = status;
      if (status === 'undelivered') kept.errorCode = 30005;
      const fields = {
        MessageSid: kept.sid,
        SmsSid: kept.sid,
        MessageStatus: status,
        SmsStatus: status,
        From: kept.from,
        To: kept.to,
        ErrorCode: kept.errorCode && String(kept.errorCode),
      };
      if (url && !silent) await this.account.post(line, url, fields as Record<string, string | undefined>);
      this.account.later(30, next);
    };
    this.account.later(30, next);
  }

  private keep(kept: Kept): Kept {
    this.kept.set(kept.sid, kept);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT_MESSAGES && oldest) this.kept.delete(oldest);
    return kept;
  }

  private keepInbound(line: SimulatedLine, action: MessageAction): Kept {
    const media = (action.media ?? []).map((file) => ({ sid: sid('ME'), file }));
    const id = action.id ?? sid(media.length > 0 ? 'MM' : 'SM');
    return this.keep({
      sid: id,
      direction: 'inbound',
      from: action.from.value,
      to: line.address,
      body: action.text,
      at: action.at ?? this.host.now(),
      media,
      status: 'received',
    });
  }

  /** What the carrier makes of a word: it opts people out and in by itself, and says so (https://help.twilio.com/articles/223134027). */
  private carrier(line: SimulatedLine, { from, body }: Kept): 'STOP' | 'START' | 'HELP' | undefined {
    const pair = `${line.address} ${from}`;
    const returns = body.trim().toLowerCase() === 'yes' && this.optedOut.has(pair);
    const what = returns ? 'opt-in' : carrierHandled(body, undefined);
    if (what === 'opt-out') this.optedOut.add(pair);
    if (what === 'opt-in') this.optedOut.delete(pair);
    return what && ({ 'opt-out': 'STOP', 'opt-in': 'START', help: 'HELP' } as const)[what];
  }

  private carrierReplies(line: SimulatedLine, customer: string, type: 'STOP' | 'START' | 'HELP'): void {
    const words = {
      STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
      START:
        'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
      HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
    };
    this.host.received({ ...this.entry(line, customer, words[type]), raw: { by: 'carrier' } });
  }

  private entry(line: SimulatedLine, to: string, text: string): OutboxEntry {
    return { id: sid('SM'), channel: this.kind, from: line.address, to, text, at: this.host.now().toISOString() };
  }

  private inboundFields(line: SimulatedLine, kept: Kept, optOutType: string | undefined): Record<string, string | undefined> {
    const media = kept.media.flatMap(({ sid: id, file }, at) => [
      [`MediaUrl${at}`, `${this.host.baseUrl}/2010-04-01/Accounts/${String(line.config.accountSid)}/Messages/${kept.sid}/Media/${id}`],
      [`MediaContentType${at}`, file.contentType],
    ]);
    const service = line.config.messagingServiceSid as string | undefined;
    return {
      ToCountry: 'US',
      ToState: '',
      SmsMessageSid: kept.sid,
      NumMedia: String(kept.media.length),
      ToCity: '',
      FromZip: '',
      SmsSid: kept.sid,
      FromState: '',
      SmsStatus: 'received',
      FromCity: '',
      Body: kept.body,
      FromCountry: 'US',
      To: kept.to,
      ToZip: '',
      NumSegments: '1',
      MessageSid: kept.sid,
      From: kept.from,
      MessagingServiceSid: service,
      OptOutType: optOutType,
      ...(Object.fromEntries(media) as Record<string, string>),
    };
  }

  private listed(line: SimulatedLine, query: URLSearchParams): Kept[] {
    const [to, from, after] = [query.get('To'), query.get('From'), query.get('DateSent>')];
    return [...this.kept.values()]
      .reverse()
      .filter(
        (one) =>
          [one.to, one.from].includes(line.address) &&
          (!to || one.to === to) &&
          (!from || one.from === from) &&
          (!after || one.at >= new Date(Math.floor(Date.parse(after) / 1_000) * 1_000)),
      );
  }

  private bytes(media: string): SimulatedAnswer {
    const file = [...this.kept.values()].flatMap((one) => one.media).find((one) => one.sid === media)?.file;
    if (!file || this.account.troubleFor(undefined, ['media-404'])) return refused(404, 20404, 'The requested resource was not found');
    return {
      status: 200,
      headers: { 'content-type': file.contentType, 'content-length': String(file.content.byteLength) },
      body: Buffer.from(file.content),
    };
  }
}

/** Twilio fetches what is to go along; a file that cannot be had is missing on the phone. */
async function filesBehind(urls: readonly string[]): Promise<NonNullable<OutboxEntry['attachments']>> {
  const files = await Promise.all(
    urls.map(async (url) => {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
      if (!response?.ok) return undefined;
      const name = /filename="?([^";]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? url.split('/').pop() ?? 'file';
      return { name, contentType: response.headers.get('content-type') ?? '', size: (await response.arrayBuffer()).byteLength };
    }),
  );
  return files.filter((file) => file !== undefined);
}
