import { Contacts, Journal } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import type { InboundOutcome } from '@claimline/messages';
import type { Event } from '../inbound/inbound-desk';

/** Writes into the consent ledger, which tells the others. Bound to the notifications room. */
export abstract class ConsentWriter {
  abstract optOut(
    tx: Transaction,
    said: { addressId: string; channel: string; how: 'link' | 'carrier'; evidence: Record<string, string>; at: Date },
  ): Promise<void>;
  abstract optIn(
    tx: Transaction,
    said: { addressId: string; channel: string; how: 'link' | 'carrier'; evidence: Record<string, string>; at: Date },
  ): Promise<void>;
}

/** An opt-out or opt-in that came outside of a message: an unsubscribe link, a carrier's notice. */
export class NoteConsentEvent {
  constructor(
    private readonly journal: Journal,
    private readonly contacts: Contacts,
    private readonly consent: ConsentWriter,
  ) {}

  async on(tx: Transaction, { inbox, event, rawId, receivedAt }: Event<'opt-out'> | Event<'opt-in'>): Promise<InboundOutcome> {
    const isNew = await this.journal.isNew(tx, {
      inboxId: inbox.id,
      kind: event.kind,
      externalId: event.key,
      rawId,
      messageId: null,
      at: receivedAt,
    });
    if (!isNew) return { duplicate: true };
    const { addressId } = await this.contacts.senderOf(tx, event.from, receivedAt);
    const said = {
      addressId,
      channel: inbox.kind,
      how: inbox.kindOf.capabilities.optOutWords ? ('carrier' as const) : ('link' as const),
      evidence: { inboxId: inbox.id, rawId },
      at: receivedAt,
    };
    await (event.kind === 'opt-out' ? this.consent.optOut(tx, said) : this.consent.optIn(tx, said));
    return { duplicate: false };
  }
}
