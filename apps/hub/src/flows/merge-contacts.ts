import {
  ContactChanges,
  ContactHands,
  Contacts,
  Conversations,
  mergeConflicts,
  mergeRefusal,
  type ContactRow,
  type MergeConflict,
  type MergeRefusal,
  type MergeSide,
  type Viewer,
} from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import { found, HubProblem, refuse } from '../http/problem';
import { ContactWall } from '../views/contact-wall.view';
import { PartyClaims } from '../views/party-claims.view';

/** Who does it, and when. */
interface By {
  readonly who: Viewer;
  readonly at: Date;
}

/** What a person reads before two contacts become one. */
export interface Review {
  readonly kept: MergeSide;
  readonly other: MergeSide;
  readonly refusal: MergeRefusal | null;
  readonly conflicts: readonly MergeConflict[];
}

/** Two contacts turn out to be one person, or one to be two. Nothing is lost, opt-outs stay with their addresses, and each can be taken back. */
export class MergeContacts {
  constructor(
    private readonly contacts: Contacts,
    private readonly conversations: Conversations,
    private readonly hands: ContactHands,
    private readonly changes: ContactChanges,
    private readonly claims: PartyClaims,
    private readonly wall: ContactWall,
    private readonly outbox: Outbox,
  ) {}

  /** @throws HubProblem `not-allowed` where one of them has what this person may not see */
  async review(tx: Transaction, who: Viewer, { keptId, otherId }: { readonly keptId: string; readonly otherId: string }): Promise<Review> {
    await this.withoutWalls(tx, who, [keptId, otherId]);
    const [kept, other] = [await this.side(tx, keptId), await this.side(tx, otherId)];
    const merged = [(await this.contacts.livingId(tx, keptId)) !== keptId, (await this.contacts.livingId(tx, otherId)) !== otherId];
    const refusal = mergeRefusal(kept.contact, other.contact, merged) ?? null;
    return { kept, other, refusal, conflicts: refusal ? [] : mergeConflicts(kept, other) };
  }

  /** The other becomes the kept one. Returns the change, by which it is undone. @throws HubProblem `contacts-not-mergeable` */
  async merge(
    tx: Transaction,
    of: { readonly keptId: string; readonly otherId: string },
    choice: { readonly name?: string; readonly language?: string | null; readonly salutation?: string | null },
    { who, at }: By,
  ): Promise<string> {
    const actorId = who.id;
    const { kept, other, refusal } = await this.review(tx, who, of);
    if (refusal) throw new HubProblem('contacts-not-mergeable', { why: refusal });
    const { name, language, salutation } = kept.contact;
    const moved = await this.hands.moveAll(tx, of.otherId, of.keptId, at);
    await this.contacts.update(tx, of.keptId, {
      language: kept.contact.language ?? other.contact.language,
      ...choice,
      ...alive(kept, other),
    });
    await this.contacts.mergeInto(tx, of.otherId, of.keptId);
    const id = await this.changes.note(
      tx,
      { ...of, kind: 'merge', actorId, moved: { ...moved, before: { name, language, salutation } } },
      at,
    );
    await this.tell(tx, [of.keptId], at);
    return id;
  }

  /** Some addresses are somebody else's: a new contact gets them, with what was said from them. */
  async split(
    tx: Transaction,
    contactId: string,
    to: { readonly name: string; readonly addresses: readonly string[] },
    { who, at }: By,
  ): Promise<string> {
    const actorId = who.id;
    await this.withoutWalls(tx, who, [contactId]);
    const contact = found(await this.contacts.find(tx, contactId));
    const own = (await this.contacts.addressesOf(tx, contactId)).map(({ id }) => id);
    if (contact.kind === 'shared' || !to.addresses.every((id) => own.includes(id)) || to.addresses.length === own.length)
      throw new HubProblem('invalid', {}, [{ path: 'addresses', problem: 'some of this contact’s addresses, not all of them' }]);
    const otherId = await this.contacts.make(tx, { kind: 'person', name: to.name, language: contact.language }, at);
    const moved = await this.hands.moveSome(tx, contactId, otherId, to.addresses);
    const before = { name: contact.name, language: contact.language, salutation: contact.salutation };
    const id = await this.changes.note(tx, { kind: 'split', keptId: contactId, otherId, actorId, moved: { ...moved, before } }, at);
    await this.tell(tx, [contactId, otherId], at);
    return id;
  }

  /** Takes a merge or a split back; what has come since stays where it came. @throws HubProblem `not-found` where it was taken back already */
  async undo(tx: Transaction, changeId: string, { who, at }: By): Promise<string> {
    const { kind, keptId, otherId, moved } = found(await this.changes.lockDone(tx, changeId));
    await this.withoutWalls(tx, who, [keptId, otherId]);
    if (kind === 'merge') {
      await this.contacts.mergeInto(tx, otherId, null);
      await this.hands.giveBack(tx, moved, { from: keptId, to: otherId });
      await this.contacts.update(tx, keptId, moved.before);
    } else {
      await this.hands.giveBack(tx, moved, { from: otherId, to: keptId });
      await this.contacts.mergeInto(tx, otherId, keptId);
    }
    await this.changes.undone(tx, changeId, { actorId: who.id, at });
    await this.tell(tx, kind === 'merge' ? [keptId, otherId] : [keptId], at);
    return keptId;
  }

  private async withoutWalls(tx: Transaction, who: Viewer, contactIds: readonly string[]): Promise<void> {
    if (await this.wall.hides(tx, who, contactIds)) refuse('not-allowed');
  }

  private async side(tx: Transaction, id: string): Promise<MergeSide> {
    const contact: ContactRow = found(await this.contacts.find(tx, id));
    const claims = await this.claims.openOf(tx, id);
    const open = await this.conversations.openOf(tx, id);
    return {
      contact,
      addresses: await this.contacts.addressesOf(tx, id),
      claims: claims.map(({ number }) => number),
      open: open.map((one) => ({ id: one.id, claimNumber: claims.find(({ claimId }) => claimId === one.claimId)?.number ?? one.claimId })),
    };
  }

  private async tell(tx: Transaction, contactIds: readonly string[], at: Date): Promise<void> {
    await this.contacts.index(tx, contactIds);
    await this.outbox.append(
      tx,
      at,
      contactIds.map((contactId) => ({ type: 'contact.changed', conversationId: null, payload: { contactId } })),
    );
  }
}

// Death stops everything, whichever of the two it was written on.
const alive = (kept: MergeSide, other: MergeSide): { deceased?: boolean } =>
  kept.contact.deceased || other.contact.deceased ? { deceased: true } : {};
