import { Reports } from '@claimline/claims';
import { Conversations } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import { PartyClaims } from '../views/party-claims.view';

/** A report of ours has become a claim: its conversation is about that claim from now on. */
export class BindReport {
  constructor(
    private readonly reports: Reports,
    private readonly conversations: Conversations,
    private readonly claims: PartyClaims,
    private readonly outbox: Outbox,
  ) {}

  async bind(tx: Transaction, draftId: string, claimNumber: string, at: Date): Promise<void> {
    const known = await this.reports.find(tx, draftId);
    const conversation = known?.conversationId ? await this.conversations.lock(tx, known.conversationId) : undefined;
    const draft = await this.reports.bind(tx, draftId, claimNumber, at);
    if (!draft || !conversation || conversation.claim_id !== null) return;
    const claim = await this.claims.byNumber(tx, claimNumber, conversation.contact_id, null);
    const open = await this.conversations.openOf(tx, conversation.contact_id);
    // The contact has an open one there already: two of one claim cannot be, and the report says where it went.
    if (!claim || open.some((other) => other.id !== conversation.id && other.claimId === claim.claimId)) return;
    await this.conversations.link(tx, conversation.id, {
      id: claim.claimId,
      number: claim.number,
      partyId: claim.partyId,
      restrictedTo: claim.restrictedTo,
    });
    await this.outbox.append(tx, at, [
      {
        type: 'conversation.linked',
        conversationId: conversation.id,
        payload: { claimNumber: claim.number, partyId: claim.partyId, actorId: null, previous: null },
      },
    ]);
  }
}
