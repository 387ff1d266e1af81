import { Contacts, Conversations, maySee, Speakers, type ConversationRow, type Viewer } from '@claimline/conversations';
import { Outbox, type NewEvent, type Transaction } from '@claimline/database';
import { HubProblem } from '../http/problem';
import { PartyClaims } from '../views/party-claims.view';

const UNIQUE = '23505';

/** Who does it, and when; nobody: a rule of ours. */
export interface By {
  readonly actorId: string | null;
  readonly at: Date;
  /** Who may see what; without one a rule of ours acts, which sees everything. */
  readonly viewer?: Viewer;
}

/** What people do to a conversation: set it aside, close it, open it, bind it to a claim, say who is writing. Every change is an event, and by it in the history. */
export class ManageConversation {
  constructor(
    private readonly conversations: Conversations,
    private readonly contacts: Contacts,
    private readonly claims: PartyClaims,
    private readonly outbox: Outbox,
    private readonly speakers: Speakers,
  ) {}

  async snooze(tx: Transaction, id: string, until: Date, { actorId, at }: By): Promise<void> {
    if (until <= at) throw new HubProblem('invalid', {}, [{ path: 'until', problem: 'lies in the past' }]);
    await this.conversations.snooze(tx, id, until);
    await this.tell(tx, at, { type: 'conversation.snoozed', conversationId: id, payload: { until: until.toISOString(), actorId } });
  }

  async resolve(tx: Transaction, conversation: ConversationRow, { actorId, at }: By): Promise<void> {
    if (conversation.status === 'resolved') return;
    await this.conversations.resolve(tx, conversation.id, at);
    await this.tell(tx, at, { type: 'conversation.resolved', conversationId: conversation.id, payload: { actorId } });
  }

  async reopen(tx: Transaction, conversation: ConversationRow, { actorId, at }: By): Promise<void> {
    if (conversation.status === 'open') return;
    await onlyOne(() => this.conversations.open(tx, conversation.id));
    await this.tell(tx, at, { type: 'conversation.reopened', conversationId: conversation.id, payload: { actorId } });
  }

  /** Wakes what was snoozed until now; returns how many. */
  async wake(tx: Transaction, now: Date): Promise<number> {
    const ids = await this.conversations.lockWaking(tx, now, 100);
    for (const id of ids) {
      await this.conversations.open(tx, id);
      await this.tell(tx, now, { type: 'conversation.woken', conversationId: id, payload: { cause: 'timer' } });
    }
    return ids.length;
  }

  /** Binds to a claim (and the party the contact is in it), or takes the binding away. */
  async link(
    tx: Transaction,
    conversation: ConversationRow,
    to: { claim: string | null; party: string | null },
    { actorId, at, viewer }: By,
  ): Promise<void> {
    const claim = to.claim === null ? null : await this.claims.byNumber(tx, to.claim, conversation.contact_id, to.party);
    const hidden = claim && viewer && !maySee(viewer, { brand_id: claim.brandId, restricted_to: claim.restrictedTo });
    if (claim === undefined || hidden) throw new HubProblem('not-found', { claim: to.claim! });
    await onlyOne(() =>
      this.conversations.link(
        tx,
        conversation.id,
        claim && { id: claim.claimId, number: claim.number, partyId: claim.partyId, restrictedTo: claim.restrictedTo },
      ),
    );
    await this.tell(tx, at, {
      type: 'conversation.linked',
      conversationId: conversation.id,
      payload: {
        claimNumber: claim?.number ?? null,
        partyId: claim?.partyId ?? null,
        actorId,
        previous: conversation.claim_number,
      },
    });
  }

  /** One of several holders of the address turned out to be writing. */
  async chooseHolder(tx: Transaction, conversation: ConversationRow, contactId: string, { actorId, at }: By): Promise<void> {
    const holders = conversation.address_id ? await this.contacts.holdersOf(tx, conversation.address_id) : [];
    if (!holders.some((holder) => holder.id === contactId))
      throw new HubProblem('invalid', {}, [{ path: 'contact', problem: 'does not hold the address of this conversation' }]);
    await onlyOne(() => this.conversations.setContact(tx, conversation.id, contactId));
    await this.speakers.letSpeak(tx, conversation.address_id!, contactId, at);
    await this.tell(tx, at, { type: 'contact.changed', conversationId: conversation.id, payload: { contactId, actorId } });
  }

  private tell(tx: Transaction, at: Date, event: NewEvent): Promise<void> {
    return this.outbox.append(tx, at, [event]);
  }
}

// A contact has one open conversation per claim, and one unbound: the index says so, and the person is told where the other one is.
async function onlyOne(change: () => Promise<void>): Promise<void> {
  await change().catch((error: { code?: string }) => {
    throw error.code === UNIQUE ? new HubProblem('conversation-open-elsewhere') : error;
  });
}
