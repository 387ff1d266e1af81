import type { ChannelKind } from '@claimline/channels';
import type { Clock } from '@claimline/database';
import { afterFailure, Gatekeeper, type DeliveryRow, type GateAnswer, type LineNews } from '@claimline/delivery';
import { ChannelError, email, tel, type Address, type Log, type OutboundMessage, type SendReceipt } from '@claimline/messages';
import type { SettleDeliveries } from '../flows/settle-deliveries';
import type { Settlement } from '../flows/settle-delivery';
import { outboundCounter, sendSeconds } from '../operations/metrics';
import type { InboxRegistry, VersionedInbox } from './inbox-registry';
import { MessageContent, OutgoingFiles, type OutboundContent } from './message-content';

const AGAIN_MS = 30_000;

/** Lets one delivery leave: reads its words, asks the gate, calls the channel outside of any transaction, writes down what came of it. */
export class SendDelivery {
  constructor(
    private readonly registry: InboxRegistry,
    private readonly read: { readonly content: MessageContent; readonly files: OutgoingFiles },
    private readonly gatekeeper: Gatekeeper,
    private readonly settling: SettleDeliveries,
    private readonly world: { readonly clock: Clock; readonly log: Log; readonly random: () => number },
  ) {}

  /** Never throws for what a vendor does; throws when the database cannot be reached, and the lease then makes the delivery uncertain. */
  async send(delivery: DeliveryRow): Promise<void> {
    const settlement = await this.attempt(delivery);
    await this.settling.settle(delivery, settlement);
    const { state, reason } = settlement.verdict;
    outboundCounter.inc({ channel: delivery.channel, state, reason: reason ?? '' });
  }

  private async attempt(claimed: DeliveryRow): Promise<Settlement> {
    const inbox = await this.registry.find(claimed.inbox_id);
    if (!inbox) return this.later('inbox-stopped');
    const content = (await this.read.content.load([claimed.id])).get(claimed.id);
    if (!content) return { verdict: { state: 'failed', reason: 'unknown' } };
    const settlement = await this.judged({ ...claimed, address_id: content.addressId }, content, inbox);
    return { ...settlement, verdict: { ...settlement.verdict, addressId: content.addressId ?? undefined } };
  }

  private async judged(delivery: DeliveryRow, content: OutboundContent, inbox: VersionedInbox): Promise<Settlement> {
    const { text, files, copies } = content;
    const answer = await this.gatekeeper.judge(
      { delivery, capabilities: inbox.kindOf.capabilities, inboxState: inbox.state, text, files, copies },
      this.world.clock.now(),
    );
    if ('no' in answer) return { verdict: { state: answer.state, reason: answer.no } };
    if ('hold' in answer) return { verdict: { state: 'held', reason: answer.reason, dueAt: answer.hold, isFree: true } };
    const message = this.compose(delivery, content, { inbox, as: answer });
    return message ? this.call(inbox, delivery, message) : { verdict: { state: 'undeliverable', reason: 'no-address' } };
  }

  /** The one call to the outside world. What a channel throws beside a ChannelError is its fault, and nobody knows how far it came: uncertain. */
  private async call(inbox: VersionedInbox, delivery: DeliveryRow, message: OutboundMessage): Promise<Settlement> {
    const stop = sendSeconds.startTimer({ channel: delivery.channel });
    try {
      return taken(await inbox.channel.send(message));
    } catch (error) {
      const failure = error instanceof ChannelError ? error : new ChannelError('uncertain', String(error), { cause: error });
      this.world.log.warn(
        { deliveryId: delivery.id, inboxId: inbox.id, fate: failure.fate, reason: failure.reason, vendorCode: failure.vendorCode },
        'a message was not taken',
      );
      return this.failed(inbox, delivery, failure);
    } finally {
      stop();
    }
  }

  private failed(inbox: VersionedInbox, delivery: DeliveryRow, failure: ChannelError): Settlement {
    const verdict = afterFailure(failure, { tries: delivery.tries, now: this.world.clock.now(), random: this.world.random() });
    return {
      verdict,
      line: lineNews(failure, inbox.version),
      addressUnusable: failure.addressUnusable ? (failure.vendorCode ?? failure.reason) : undefined,
      optedOut: failure.fate === 'suppressed' && failure.reason === 'opted-out',
    };
  }

  private later(reason: 'inbox-stopped'): Settlement {
    return { verdict: { state: 'due', reason, dueAt: new Date(this.world.clock.now().getTime() + AGAIN_MS), isFree: true } };
  }

  /** The message as its channel wants it; undefined where there is nobody whom it could reach. */
  compose(
    delivery: DeliveryRow,
    content: OutboundContent,
    { inbox, as }: { inbox: VersionedInbox; as: GateAnswer },
  ): OutboundMessage | undefined {
    const { capabilities } = inbox.kindOf;
    const to = content.address ?? guessAddress(inbox.kindOf, delivery.to_value);
    if (!to) return undefined;
    const asTemplate = 'go' in as && as.go === 'template';
    return {
      deliveryId: delivery.id,
      messageId: delivery.message_id,
      to,
      cc: capabilities.cc ? content.cc.map((value) => email(value)) : [],
      text: content.text,
      html: capabilities.html ? content.html : undefined,
      subject: capabilities.subject ? content.subject : undefined,
      language: content.language,
      attachments: content.files.map((file) => ({
        name: file.name,
        contentType: file.contentType,
        size: file.size,
        url: this.read.files.link(file.attachmentId),
        open: () => this.read.files.open(file.fileId!),
      })),
      template: asTemplate ? (delivery.template ?? undefined) : undefined,
      thread: { token: content.replyToken, references: content.references },
      automatic: AUTOMATIC[delivery.purpose],
      bridge: capabilities.calls && content.bridgeFirst ? { first: content.bridgeFirst } : undefined,
      firstTriedAt: delivery.first_tried_at ?? delivery.changed_at,
    };
  }
}

const AUTOMATIC = { reply: undefined, automatic: 'reply', notice: 'notice', broadcast: 'notice' } as const;

/** What it means that the provider has taken the message. */
export function taken(receipt: SendReceipt): Settlement {
  return {
    verdict: { state: receipt.state, reason: null, externalId: receipt.externalId },
    line: { is: 'works' },
    reference: receipt.reference,
  };
}

// What a vendor refuses for the message's sake shows that the line works.
function lineNews(failure: ChannelError, version: number): LineNews {
  if (failure.fate === 'misconfigured')
    return { is: 'misconfigured', reason: failure.field ? `${failure.field}: ${failure.message}` : failure.message, version };
  return failure.fate === 'unavailable' || failure.fate === 'uncertain' ? { is: 'fails', retryAfter: failure.retryAfter } : { is: 'works' };
}

/** An address that nobody is known to hold: a person has typed it, so it is a mail address or a number. */
function guessAddress({ capabilities: { schemes } }: ChannelKind, value: string): Address | undefined {
  if (schemes.includes('email')) return email(value);
  return schemes.includes('tel') ? tel(value) : undefined;
}
