import {
  ChannelError,
  tel,
  type CallStep,
  type Channel,
  type ChannelCheck,
  type ChannelDeps,
  type Door,
  type Inbound,
  type InboundCall,
  type InboundEvent,
  type MediaRef,
  type MediaStream,
  type OutboundMessage,
  type SendReceipt,
  type WebhookRequest,
} from '@claimline/messages';
import type { ChannelKind } from '../channel-kind';
import { TwilioLine } from '../vendors/twilio/line';
import { twilioConfig, twilioSecrets, type TwilioConfig, type TwilioSecrets } from '../vendors/twilio/settings';
import { signedFields } from '../vendors/twilio/signature';
import { twimlAnswer } from '../vendors/twilio/xml';
import { placeOf, placeUrl, type CallPlace } from './call-place';
import { VOICE_CAPABILITIES } from './capabilities';
import { callEvent, ENDED, placeBehind, waitsAt } from './inbound-call';
import { renderSteps } from './twiml';

// Five rings: after that, most mailboxes take the call.
const RING_SECONDS = 25;

/** Phone calls through Twilio. */
export const twilioVoice: ChannelKind<TwilioConfig, TwilioSecrets> = {
  kind: 'twilio-voice',
  title: 'Phone (Twilio)',
  config: twilioConfig,
  secrets: twilioSecrets,
  capabilities: VOICE_CAPABILITIES,
  address: ({ phoneNumber }) => phoneNumber,
  open: ({ config, secrets }, deps) => new TwilioVoice(config, secrets, deps),
};

class TwilioVoice implements Channel {
  readonly doors: readonly Door[] = [{ via: 'webhook', receive: (request) => this.receive(request) }];
  readonly #line: TwilioLine;

  constructor(
    private readonly config: TwilioConfig,
    secrets: TwilioSecrets,
    private readonly deps: ChannelDeps,
  ) {
    this.#line = new TwilioLine(config, secrets, deps);
  }

  /** Calls. With `bridge` our own person's phone rings first and the customer's when it is picked up; without, the customer hears the text. */
  async send(message: OutboundMessage): Promise<SendReceipt> {
    refuseUnspeakable(message);
    const api = await this.#line.api();
    const place: CallPlace = { webhookUrl: this.deps.inbox.webhookUrl, turn: 1, customer: message.to.value, delivery: message.deliveryId };
    const call = await api.calls.create({
      to: firstPhone(message),
      from: this.config.phoneNumber,
      twiml: renderSteps(stepsOf(message, this.config.phoneNumber), place),
      statusCallback: placeUrl(place, 'status'),
      statusCallbackEvent: ['completed'],
      timeout: RING_SECONDS,
    });
    return { externalId: call.sid, state: 'accepted' };
  }

  /** Looks for a call from this line to the same phone since the first try, newest first. */
  async find(message: OutboundMessage): Promise<SendReceipt | 'absent'> {
    const api = await this.#line.api();
    const notBefore = this.#line.notBefore(message.firstTriedAt);
    const calls = await api.calls.list({ to: firstPhone(message), from: this.config.phoneNumber, limit: 50 });
    const found = calls.find((call) => call.dateCreated >= notBefore && call.direction === 'outbound-api');
    return found ? { externalId: found.sid, state: 'accepted' } : 'absent';
  }

  fetchMedia(ref: MediaRef): Promise<MediaStream> {
    return this.#line.fetchMedia(ref);
  }

  /** The calls that came since then, oldest first: that each started, and how it ended if it has. */
  async *backfill(since: Date): AsyncIterable<InboundEvent> {
    const api = await this.#line.api();
    const earliest = this.#line.notBefore(since);
    const calls = await api.calls.list({ to: this.config.phoneNumber, startTimeAfter: earliest, pageSize: 200 });
    for (const call of calls.reverse()) {
      const startedAt = call.startTime ?? call.dateCreated;
      if (call.direction !== 'inbound' || startedAt < earliest) continue;
      const told = {
        kind: 'call',
        to: call.to,
        callId: call.sid,
        direction: 'inbound',
        from: tel(call.from),
      } satisfies Partial<InboundCall>;
      yield { ...told, key: `${call.sid}:started`, occurredAt: startedAt, phase: { is: 'started' } };
      const outcome = ENDED[call.status];
      if (outcome)
        yield {
          ...told,
          key: `${call.sid}:ended`,
          occurredAt: call.endTime ?? startedAt,
          phase: { is: 'ended', outcome, seconds: Number(call.duration ?? 0) },
        };
    }
  }

  check(): Promise<ChannelCheck> {
    return this.#line.check('voice');
  }

  async close(): Promise<void> {
    // Nothing stays open between two calls: the connections belong to the hub's `fetch`.
  }

  private async receive(request: WebhookRequest): Promise<Inbound> {
    const fields = signedFields(this.#line.secrets.authToken, request);
    const name = placeOf(request.path);
    if (!name)
      throw new ChannelError(
        'malformed',
        `Nothing of a call happens at "${request.path}": the number at Twilio must point to the inbox's own address.`,
      );
    const event = callEvent(name, fields);
    const events = event ? [event] : [];
    if (!waitsAt(name)) return { events, answer: () => twimlAnswer() };
    return { events, answer: ({ steps }) => twimlAnswer(renderSteps(steps ?? [], placeBehind(fields, this.deps.inbox.webhookUrl))) };
  }
}

const firstPhone = ({ bridge, to }: OutboundMessage): string => bridge?.first ?? to.value;

function stepsOf({ bridge, text, language, to }: OutboundMessage, line: string): CallStep[] {
  const say: CallStep[] = text ? [{ do: 'say', text, language }] : [];
  if (!bridge) return say;
  return [...say, { do: 'dial', mark: 'bridge', numbers: [to.value], timeoutSeconds: RING_SECONDS, callerId: line }];
}

function refuseUnspeakable({ to, text, attachments, bridge }: OutboundMessage): void {
  const { maxText } = VOICE_CAPABILITIES;
  const no = (message: string): never => {
    throw new ChannelError('rejected', message, { reason: 'not-capable' });
  };
  if (to.scheme !== 'tel') no(`A call reaches phone numbers, not ${to.scheme}.`);
  if (text.length > maxText) no(`A call says at most ${maxText} characters; this text has ${text.length}.`);
  if (attachments.length > 0) no('A call carries no files.');
  if (!text && !bridge) no('A call without a person needs words to say.');
}
