import { Contacts, Conversations } from '@claimline/conversations';
import { Outbox, type LoggedEvent, type Transaction } from '@claimline/database';
import { PartyClaims } from '../views/party-claims.view';

/** Finds out which claim a new unbound conversation is about: the sender's only open one is bound, of several a person or the customer chooses. */
export class IdentifyClaim {
  constructor(
    private readonly conversations: Conversations,
    private readonly contacts: Contacts,
    private readonly claims: PartyClaims,
    private readonly outbox: Outbox,
  ) {}

  async onMessageReceived(tx: Transaction, event: LoggedEvent): Promise<void> {
    const conversation = await this.conversations.lock(tx, event.conversationId!);
    if (!conversation || conversation.claim_id !== null || conversation.to_file || conversation.status === 'resolved') return;
    const contact = await this.contacts.find(tx, conversation.contact_id);
    if (contact?.kind !== 'person') return;
    const open = await this.claims.openOf(tx, contact.id);
    const [claim] = open;
    if (open.length > 1) await this.label(tx, event, conversation.id, conversation.labels);
    if (open.length !== 1 || !claim || (await this.isTaken(tx, contact.id, claim.claimId))) return;
    await this.conversations.link(tx, conversation.id, {
      id: claim.claimId,
      number: claim.number,
      partyId: claim.partyId,
      restrictedTo: claim.restrictedTo,
    });
    await this.outbox.append(tx, event.at, [
      {
        type: 'conversation.linked',
        conversationId: conversation.id,
        payload: { claimNumber: claim.number, partyId: claim.partyId, actorId: null, previous: null },
      },
    ]);
  }

  /** Somebody calls: whose phone is to ring depends on the claim, so it is found out while they listen to the menu. */
  async onCallChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    if (event.payload.phase === 'started') await this.onMessageReceived(tx, event);
  }

  private async label(tx: Transaction, event: LoggedEvent, id: string, known: readonly string[]): Promise<void> {
    if (known.includes('which-claim')) return;
    const labels = await this.conversations.label(tx, id, ['which-claim']);
    await this.outbox.append(tx, event.at, [{ type: 'conversation.labeled', conversationId: id, payload: { labels } }]);
  }

  private async isTaken(tx: Transaction, contactId: string, claimId: string): Promise<boolean> {
    return (await this.conversations.openOf(tx, contactId)).some((open) => open.claimId === claimId);
  }
}
