import { COUNSEL_ROLES, DEFENCE_COUNSEL, Representations } from '@claimline/claims';
import { Contacts, Conversations, maySee, type ConversationRow, type Viewer } from '@claimline/conversations';
import { Outbox, type LoggedEvent, type Transaction } from '@claimline/database';
import type { CounselOf, NoteRepresentation, OpenCounselThread } from '@claimline/protocol';
import { found, HubProblem, refuse } from '../http/problem';
import { ClaimNewsView } from '../views/claim-news.view';
import { CounselView } from '../views/counsel.view';
import { PartyClaims, type NamedClaim } from '../views/party-claims.view';
import type { ManageConversation } from './manage-conversation';

/** Who does it, and when. */
interface Doing {
  readonly who: Viewer;
  readonly at: Date;
}

/** What a flow about counsel needs of conversations. */
export interface CounselThreads {
  readonly conversations: Conversations;
  readonly contacts: Contacts;
  readonly manage: ManageConversation;
}

/** A lawyer speaks for a party from now on, or no longer; threads with lawyers are found or opened. */
export class RepresentParty {
  constructor(
    private readonly representations: Representations,
    private readonly threads: CounselThreads,
    private readonly claims: PartyClaims,
    private readonly view: CounselView,
    private readonly outbox: Outbox,
    private readonly news: ClaimNewsView,
  ) {}

  /** The claim core has told something: who speaks for whom follows, with the event as its evidence. */
  async onClaimChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    const claim = await this.news.of(tx, String(event.payload.claimNumber));
    if (!claim?.isRepresentedOtherwise) return;
    const changed = await this.representations.follow(tx, claim.id, String(event.payload.claimEventId), event.at);
    if (changed) await this.tell(tx, claim.number, event.at);
  }

  /** A person has read the letter. The mail that proves it goes to the claim, as the counsel's. */
  async note(tx: Transaction, number: string, told: NoteRepresentation, doing: Doing): Promise<void> {
    const { who, at } = doing;
    const claim = await this.claim(tx, who, number);
    const party = found(await this.representations.party(tx, claim.claimId, told.party));
    const letter = told.evidence?.message ? found(await this.view.letter(tx, who, told.evidence.message)) : undefined;
    const contactId = await this.contactOf(tx, told.counsel, at);
    if (contactId === party.contactId) throw new HubProblem('invalid', {}, [{ path: 'counsel', problem: 'is the party itself' }]);
    const counselId = await this.partyOf(tx, claim.claimId, { contactId, role: COUNSEL_ROLES[0], roles: COUNSEL_ROLES }, at);
    const evidence = Object.fromEntries(Object.entries(told.evidence ?? {}).filter(([, id]) => id));
    const since = told.since ? new Date(told.since) : (letter?.at ?? at);
    await this.representations.note(tx, { claimId: claim.claimId, partyId: party.id, counselId, evidence, since, by: who.id }, at);
    if (letter && letter.claimId === null && letter.contactId === contactId)
      await this.file(tx, letter.conversationId, { number, counselId }, doing);
    await this.tell(tx, number, at);
  }

  async end(tx: Transaction, number: string, partyId: string, { who, at }: Doing): Promise<void> {
    const claim = await this.claim(tx, who, number);
    found(await this.representations.party(tx, claim.claimId, partyId));
    if (!(await this.representations.end(tx, partyId, { at, by: who.id }))) throw new HubProblem('not-found');
    await this.tell(tx, number, at);
  }

  /** The thread with whoever speaks for the customer of this conversation. */
  async counselThread(tx: Transaction, conversation: ConversationRow, doing: Doing): Promise<string> {
    const counsel: CounselOf = (await this.view.of(tx, conversation)) ?? refuse('not-found');
    if (!counsel.contactId) throw new HubProblem('no-address-for-channel', { channel: 'email' });
    const claim = await this.claim(tx, doing.who, counsel.claim);
    return this.open(tx, claim, { contactId: counsel.contactId, partyId: counsel.party }, doing);
  }

  /** The privileged thread with our own counsel in a claim. */
  async defenceThread(tx: Transaction, number: string, wish: OpenCounselThread, doing: Doing): Promise<string> {
    const claim = await this.claim(tx, doing.who, number);
    const contactId = await this.contactOf(tx, wish.counsel, doing.at);
    const who = { contactId, role: DEFENCE_COUNSEL, roles: [DEFENCE_COUNSEL] };
    const partyId = await this.partyOf(tx, claim.claimId, who, doing.at);
    return this.open(tx, claim, { contactId, partyId }, doing);
  }

  private async claim(tx: Transaction, who: Viewer, number: string): Promise<NamedClaim> {
    const claim = found(await this.claims.byNumber(tx, number, null, null));
    return maySee(who, { brand_id: claim.brandId, restricted_to: claim.restrictedTo }) ? claim : refuse('not-found');
  }

  private async contactOf(tx: Transaction, counsel: NoteRepresentation['counsel'], at: Date): Promise<string> {
    const { contacts } = this.threads;
    if ('contact' in counsel) return found(await contacts.find(tx, counsel.contact)).id;
    const address = { scheme: 'email', scope: '', value: counsel.email.toLowerCase() } as const;
    const known = await contacts.findAddress(tx, address);
    if (known) return known.contact_id;
    const id = await contacts.make(tx, { kind: 'organisation', name: counsel.name }, at);
    await contacts.hold(tx, id, address, { at });
    await contacts.index(tx, [id]);
    return id;
  }

  private async partyOf(
    tx: Transaction,
    claimId: string,
    { contactId, role, roles }: { contactId: string; role: string; roles: readonly string[] },
    at: Date,
  ): Promise<string> {
    const { name, language } = found(await this.threads.contacts.find(tx, contactId));
    return this.representations.partyFor(tx, { claimId, role, name, contactId, language }, roles, at);
  }

  private async open(
    tx: Transaction,
    claim: NamedClaim,
    to: { readonly contactId: string; readonly partyId: string },
    { who, at }: Doing,
  ): Promise<string> {
    const { conversations, contacts } = this.threads;
    const { id, made } = await conversations.openFor(tx, {
      contactId: to.contactId,
      brandId: claim.brandId,
      teamId: null,
      channel: 'email',
      inboxId: null,
      addressId: null,
      language: found(await contacts.find(tx, to.contactId)).language,
      claim: { id: claim.claimId, number: claim.number, partyId: to.partyId, restrictedTo: claim.restrictedTo },
      at,
    });
    if (made) await conversations.assign(tx, id, who.id);
    if (made) await this.outbox.append(tx, at, [{ type: 'conversation.opened', conversationId: id, payload: { contactId: to.contactId } }]);
    return id;
  }

  private async file(tx: Transaction, id: string, to: { number: string; counselId: string }, { who, at }: Doing): Promise<void> {
    const row = await this.threads.conversations.lock(tx, id);
    if (row) await this.threads.manage.link(tx, row, { claim: to.number, party: to.counselId }, { actorId: who.id, at, viewer: who });
  }

  private tell(tx: Transaction, claimNumber: string, at: Date): Promise<void> {
    return this.outbox.append(tx, at, [{ type: 'claim.represented', conversationId: null, payload: { claimNumber } }]);
  }
}
