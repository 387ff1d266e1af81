import { Contacts, Conversations, maySee, Moves, Threads, type ConversationRow, type MessageRow } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import type { MovedMessage } from '@claimline/protocol';
import { found, HubProblem } from '../http/problem';
import type { Principal } from '../http/principal';
import { PartyClaims } from '../views/party-claims.view';
import { PartyView, type Party } from '../views/party.view';
import { ManageConversation } from './manage-conversation';

/** Where a message is to go. */
export interface MoveTo {
  readonly conversation?: string;
  readonly claim?: string;
  readonly party?: string;
}

interface Rows {
  readonly conversations: Conversations;
  readonly threads: Threads;
  readonly moves: Moves;
  readonly contacts: Contacts;
}

/** Files a message where it belongs: out of the wrong claim into the right one, out of *To file* into a party's thread, and back again. */
export class MoveMessage {
  constructor(
    private readonly rows: Rows,
    private readonly parties: PartyView,
    private readonly claims: PartyClaims,
    private readonly manage: ManageConversation,
    private readonly outbox: Outbox,
  ) {}

  /** @throws HubProblem `not-found` for what the mover may not see, `invalid` for a party whom nobody knows how to reach, `already-there` */
  async move(tx: Transaction, messageId: string, to: MoveTo, { who, at }: { who: Principal; at: Date }): Promise<MovedMessage> {
    const message = found(await this.rows.threads.find(tx, messageId));
    const from = await this.visible(tx, who, message.conversation_id);
    const target = to.conversation ? await this.visible(tx, who, to.conversation) : await this.ofClaim(tx, { message, from, to, who, at });
    if (target.id === from.id) throw new HubProblem('already-there');
    return this.carry(tx, { message, from, target, undoes: null }, { who, at });
  }

  /** Takes the last move back; a conversation that was closed because it was empty is open again. @throws HubProblem `nothing-to-undo` */
  async undo(tx: Transaction, messageId: string, { who, at }: { who: Principal; at: Date }): Promise<MovedMessage> {
    const message = found(await this.rows.threads.find(tx, messageId));
    const from = await this.visible(tx, who, message.conversation_id);
    const last = await this.rows.moves.lastOf(tx, messageId);
    if (!last || last.undoes !== null || last.to_conversation_id !== from.id) throw new HubProblem('nothing-to-undo');
    const target = await this.standing(tx, await this.visible(tx, who, last.from_conversation_id), { who, at });
    return this.carry(tx, { message, from, target, undoes: last.id }, { who, at });
  }

  private async carry(
    tx: Transaction,
    { message, from, target, undoes }: { message: MessageRow; from: ConversationRow; target: ConversationRow; undoes: string | null },
    { who, at }: { who: Principal; at: Date },
  ): Promise<MovedMessage> {
    if (target.status === 'snoozed') await this.manage.reopen(tx, target, { actorId: who.id, at });
    await this.rows.moves.move(tx, { messageId: message.id, from: from.id, to: target.id, by: who.id, undoes, at });
    const payload = { messageId: message.id, from: from.id, to: target.id, actorId: who.id, undone: undoes !== null };
    await this.outbox.append(
      tx,
      at,
      [from.id, target.id].map((conversationId) => ({ type: 'message.moved', conversationId, payload })),
    );
    if ((await this.rows.moves.count(tx, from.id)) === 0) await this.manage.resolve(tx, from, { actorId: who.id, at });
    return { message: message.id, conversation: target.id, from: from.id, claim: target.claim_number };
  }

  /** The thread of the party: the sender's own where they are a party of the claim, else the named one's, else the policyholder's. */
  private async ofClaim(
    tx: Transaction,
    { message, from, to, who, at }: { message: MessageRow; from: ConversationRow; to: MoveTo; who: Principal; at: Date },
  ): Promise<ConversationRow> {
    const own = to.party ? undefined : await this.claims.byNumber(tx, to.claim!, from.contact_id, null);
    const party = found(await this.parties.of(tx, to.claim!, to.party ?? own?.partyId ?? null));
    const contactId = contactOf(party, who);
    const sender = contactId === from.contact_id;
    return this.openFor(tx, party, { contactId, addressId: sender ? from.address_id : null, message, at });
  }

  private async openFor(
    tx: Transaction,
    party: Party,
    { contactId, addressId, message, at }: { contactId: string; addressId: string | null; message: MessageRow; at: Date },
  ): Promise<ConversationRow> {
    const contact = found(await this.rows.contacts.find(tx, contactId));
    const { id, made } = await this.rows.conversations.openFor(tx, {
      contactId,
      claim: { id: party.claimId, number: party.number, partyId: party.partyId, restrictedTo: party.restrictedTo },
      brandId: party.brandId,
      teamId: null,
      channel: message.channel ?? 'email',
      inboxId: message.inbox_id,
      addressId,
      subject: message.subject,
      language: contact.language,
      at: message.occurred_at,
    });
    if (made) await this.outbox.append(tx, at, [{ type: 'conversation.opened', conversationId: id, payload: { contactId } }]);
    return (await this.rows.conversations.lock(tx, id))!;
  }

  // The one it came from may be closed meanwhile, and its contact may have another open one of the same claim: then it goes back there.
  private async standing(tx: Transaction, row: ConversationRow, { who, at }: { who: Principal; at: Date }): Promise<ConversationRow> {
    if (row.status !== 'resolved') return row;
    const open = await this.rows.conversations.openOf(tx, row.contact_id);
    const other = open.find(({ claimId }) => claimId === row.claim_id);
    if (!other) await this.manage.reopen(tx, row, { actorId: who.id, at });
    return (await this.rows.conversations.lock(tx, other?.id ?? row.id))!;
  }

  private async visible(tx: Transaction, who: Principal, id: string): Promise<ConversationRow> {
    const row = found(await this.rows.conversations.lock(tx, id));
    if (!maySee(who, row)) throw new HubProblem('not-found');
    return row;
  }
}

/** The contact behind a party, where the mover may see the claim. @throws HubProblem */
export function contactOf(party: Party, who: Principal): string {
  if (!maySee(who, { brand_id: party.brandId, restricted_to: party.restrictedTo })) throw new HubProblem('not-found');
  if (!party.contactId) throw new HubProblem('invalid', {}, [{ path: 'party', problem: 'nobody knows yet who this is: no contact' }]);
  return party.contactId;
}
