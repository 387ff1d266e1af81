import type { Capabilities, ReasonCode } from '@claimline/messages';
import type { DeliveryRow, Purpose } from './delivery';
import { gate, type GateAnswer, type GateFacts } from './gate';

/** One recipient, as those are asked who know about people. */
export interface Recipient {
  /** Null: an address that nobody is known to hold. */
  readonly addressId: string | null;
  readonly conversationId: string;
  /** The message that is about to leave; undefined where somebody only asks. */
  readonly messageId?: string;
  readonly channel: string;
  readonly purpose: Purpose;
}

/** The ledger of consents, as the gate asks it. Bound in the hub. */
export abstract class ConsentCheck {
  abstract stateOf(recipient: Recipient): Promise<'granted' | 'opted-out' | 'unknown'>;
}

/** The hours at which people may be told something. Bound in the hub. */
export abstract class RecipientHours {
  /** The first moment from `now` on at which this recipient may be disturbed; null: now. */
  abstract quietUntil(recipient: Recipient, now: Date): Promise<Date | null>;
}

/** What is known of the person behind an address. Bound in the hub. */
export abstract class RecipientFacts {
  abstract of(recipient: Recipient): Promise<{
    readonly represented: boolean;
    readonly deceased: boolean;
    readonly complaintOpen: boolean;
    readonly unusable: string | null;
  }>;
  /** When this recipient last wrote on this channel; asked only where the channel has a window. */
  abstract lastInboundAt(recipient: Recipient): Promise<Date | null>;
}

/** What is about to leave, and by which line. */
export interface Leaving {
  readonly delivery: DeliveryRow;
  readonly capabilities: Capabilities;
  readonly inboxState: 'active' | 'stopped';
  readonly text: string;
  readonly files: GateFacts['files'];
  /** The known addresses of those who get a copy. */
  readonly copies: readonly string[];
}

/** Stands where messages leave, and only there: gathers the facts and asks the gate. */
export class Gatekeeper {
  constructor(
    private readonly consent: ConsentCheck,
    private readonly hours: RecipientHours,
    private readonly recipients: RecipientFacts,
  ) {}

  async judge(leaving: Leaving, now: Date): Promise<GateAnswer> {
    const { delivery, capabilities } = leaving;
    const recipient: Recipient = {
      addressId: delivery.address_id,
      conversationId: delivery.conversation_id,
      messageId: delivery.message_id,
      channel: delivery.channel,
      purpose: delivery.purpose,
    };
    const asksForWindow = capabilities.window !== null || !capabilities.proactive;
    const [consent, person, ofCopies, lastInboundAt, quietUntil] = await Promise.all([
      this.consent.stateOf(recipient),
      this.recipients.of(recipient),
      Promise.all(leaving.copies.map((addressId) => this.copy({ ...recipient, addressId }))),
      asksForWindow ? this.recipients.lastInboundAt(recipient) : null,
      delivery.purpose === 'reply' ? null : this.hours.quietUntil(recipient, now),
    ]);
    const { text, files, inboxState } = leaving;
    const facts = {
      purpose: delivery.purpose,
      privacy: delivery.privacy,
      hasTemplate: delivery.template !== null,
      expiresAt: delivery.expires_at,
      lastInboundAt,
      quietUntil,
      capabilities,
      inboxState,
      text,
      files,
    };
    // A copy reaches its reader like the message itself: what forbids one forbids the other.
    const forbidden = ofCopies.find((one) => one.represented || one.consent === 'opted-out');
    return gate(
      {
        ...facts,
        consent: forbidden?.consent === 'opted-out' ? 'opted-out' : consent,
        ...person,
        represented: person.represented || (forbidden?.represented ?? false),
      },
      now,
    );
  }

  private async copy(recipient: Recipient): Promise<{ consent: GateFacts['consent']; represented: boolean }> {
    const [consent, { represented }] = await Promise.all([this.consent.stateOf(recipient), this.recipients.of(recipient)]);
    return { consent, represented };
  }
}

/** The reason in a gate's answer; undefined where it lets pass. */
export function reasonOf(answer: GateAnswer): ReasonCode | undefined {
  if ('no' in answer) return answer.no;
  return 'hold' in answer ? answer.reason : undefined;
}
