import { Contacts, Conversations, Letters, Scans, type ScanRow } from '@claimline/conversations';
import { Outbox, type Clock, type Database, type Transaction } from '@claimline/database';
import { Attachments } from '@claimline/files';
import type { InboundMessage } from '@claimline/messages';
import { Audit } from '@claimline/people';
import type { NewScan } from '@claimline/protocol';
import { uploaderOf } from '../files/uploader';
import { contactOf, MoveMessage } from '../flows/move-message';
import { FileByHand, readEntry } from '../flows/file-by-hand';
import { found, HubProblem } from '../http/problem';
import type { Principal } from '../http/principal';
import { InboundDesk } from '../inbound/inbound-desk';
import { OpenInboxes, type OpenInbox } from '../inbound/open-inboxes';
import { AttachmentView } from '../views/attachment.view';
import { BrandView } from '../views/brand.view';
import { PartyView } from '../views/party.view';
import { PaperReader } from './paper-reader';
import { momentOf } from './received-on';

interface Parts {
  readonly database: Database;
  readonly scans: Scans;
  readonly letters: Letters;
  readonly contacts: Contacts;
  readonly conversations: Conversations;
  readonly attachments: Attachments;
  readonly view: AttachmentView;
  readonly parties: PartyView;
  readonly brands: BrandView;
  readonly inboxes: OpenInboxes;
  readonly reader: PaperReader;
  readonly byHand: FileByHand;
  readonly moves: MoveMessage;
  readonly desk: InboundDesk;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly clock: Clock;
}

/** What the mailroom does with paper: takes scans in, files them into a party's thread, takes that back, puts away, and says what was posted. */
export class MailroomDesk {
  constructor(private readonly parts: Parts) {}

  /** An upload becomes a scan that waits to be filed. Returns its id. @throws HubProblem `no-mailroom`, `not-found`, `invalid` */
  async take(who: Principal, wish: NewScan): Promise<string> {
    const { database, scans, view, reader, clock } = this.parts;
    const at = clock.now();
    const inbox = await this.mailroom(who, wish.inbox);
    momentOf(wish.receivedOn, at, await this.zoneOf(inbox));
    const file = found(await view.find(who, uploaderOf(who), wish.attachment));
    if (file.message_id) throw new HubProblem('already-taken');
    const { pages, words } = await reader.read(file);
    const { receivedOn, sender = '' } = wish;
    const scan = {
      inboxId: inbox.id,
      attachmentId: file.id,
      name: file.name,
      pages,
      words,
      sender,
      receivedOn,
      splitFrom: null,
      by: who.id,
      at,
    };
    return database.transaction(async (tx) => {
      const id = await scans.add(tx, scan);
      await this.tell(tx, id, 'waiting', at);
      return id;
    });
  }

  /** @throws HubProblem `not-found`, `already-taken` for one that is settled */
  async describe(who: Principal, id: string, what: { sender?: string; receivedOn?: string }): Promise<void> {
    const at = this.parts.clock.now();
    await this.parts.database.transaction(async (tx) => {
      const { inbox } = await this.lock(tx, who, id, 'waiting');
      if (what.receivedOn) momentOf(what.receivedOn, at, await this.zoneOf(inbox));
      await this.parts.scans.describe(tx, id, what);
      await this.tell(tx, id, 'waiting', at);
    });
  }

  /** Into the thread of a party, as a letter of the day of its stamp. One that was filed before and taken back is moved there. */
  async file(who: Principal, id: string, to: { claim: string; party?: string }): Promise<{ messageId: string; conversationId: string }> {
    const at = this.parts.clock.now();
    return this.parts.database.transaction(async (tx) => {
      const { scan, inbox } = await this.lock(tx, who, id, 'waiting');
      const filed = scan.message_id
        ? await this.refile(tx, who, { messageId: scan.message_id, to, at })
        : await this.fileFirst(tx, who, { scan, inbox, to, at });
      await this.parts.scans.filed(tx, id, { messageId: filed.messageId, claimNumber: to.claim, by: who.id, at });
      await this.tell(tx, id, 'filed', at);
      await this.record(tx, who, { action: 'scan.file', subjectId: id, at });
      return filed;
    });
  }

  /** The paper is on the table again; its entry waits in *To file*, because nothing that was written is ever removed. */
  async takeBack(who: Principal, id: string): Promise<void> {
    const at = this.parts.clock.now();
    await this.parts.database.transaction(async (tx) => {
      const { scan, inbox } = await this.lock(tx, who, id, 'filed');
      const conversation = await this.ownConversation(tx, inbox, at);
      await this.parts.moves.move(tx, scan.message_id!, { conversation }, { who, at });
      await this.parts.scans.setAside(tx, id, false, { by: who.id, at });
      await this.tell(tx, id, 'waiting', at);
      await this.record(tx, who, { action: 'scan.take-back', subjectId: id, at });
    });
  }

  /** Advertising, a double; or back on the table. */
  async setAside(who: Principal, id: string, aside: boolean): Promise<void> {
    const at = this.parts.clock.now();
    await this.parts.database.transaction(async (tx) => {
      await this.lock(tx, who, id, aside ? 'waiting' : 'set-aside');
      await this.parts.scans.setAside(tx, id, aside, { by: who.id, at });
      await this.tell(tx, id, aside ? 'set-aside' : 'waiting', at);
      await this.record(tx, who, { action: aside ? 'scan.set-aside' : 'scan.take-back', subjectId: id, at });
    });
  }

  /** The letters went to the post that day. Returns how many had not been said before. */
  async posted(who: Principal, ids: readonly string[], on: string): Promise<number> {
    let count = 0;
    for (const id of ids) if (await this.news(who, id, { is: 'posted', on })) count += 1;
    return count;
  }

  /** The post brought one back. @throws HubProblem `not-found` for one that was never posted */
  async returned(who: Principal, id: string, on: string): Promise<void> {
    if (!(await this.news(who, id, { is: 'returned', on }))) throw new HubProblem('not-found');
  }

  private async news(who: Principal, deliveryId: string, { is, on }: { is: 'posted' | 'returned'; on: string }): Promise<boolean> {
    const { database, letters, desk, clock, outbox } = this.parts;
    const at = clock.now();
    const letter = found(await letters.find(database, deliveryId));
    // Who may not see the thread does not see its letter either.
    found(await this.parts.view.find(who, uploaderOf(who), letter.attachment_id));
    const inbox = await this.mailroom(who, letter.inbox_id);
    momentOf(on, at, await this.zoneOf(inbox));
    const changed = await database.transaction(async (tx) => {
      const done = is === 'posted' ? await letters.posted(tx, deliveryId, on, who.id) : await letters.returned(tx, deliveryId, on);
      if (!done) return false;
      await outbox.append(tx, at, [{ type: 'letter.changed', conversationId: null, payload: { deliveryId, state: is } }]);
      await this.record(tx, who, { action: `letter.${is}`, subjectId: deliveryId, at });
      return true;
    });
    if (!changed) return false;
    // The line's own door says what it means for the delivery, and the desk writes it down as any other receipt.
    const inbound = await readEntry(inbox, { is, deliveryId, on, at });
    await desk.take(inbox, inbound, { door: 'desk', body: Buffer.from(JSON.stringify({ is, deliveryId, on })), receivedAt: at });
    return true;
  }

  private async fileFirst(
    tx: Transaction,
    who: Principal,
    { scan, inbox, to, at }: { scan: ScanRow; inbox: OpenInbox; to: { claim: string; party?: string }; at: Date },
  ): Promise<{ messageId: string; conversationId: string }> {
    const party = found(await this.parts.parties.of(tx, to.claim, to.party ?? null));
    const contactId = contactOf(party, who);
    const contact = found(await this.parts.contacts.find(tx, contactId));
    const receivedAt = momentOf(scan.received_on, at, await this.zoneOf(inbox));
    const from = scan.sender.trim() || contact.name;
    const entry = { is: 'letter', id: scan.id, from, name: from, subject: scan.name, text: '', receivedAt, files: [scan.attachment_id] };
    const { events } = await readEntry(inbox, entry);
    const message = events[0] as InboundMessage;
    const filed = await this.parts.byHand.file(tx, {
      inbox,
      message,
      contactId,
      party,
      brandId: party.brandId,
      kind: 'letter',
      clerkId: who.id,
      at,
    });
    if (filed.isNew) await this.parts.attachments.hand(tx, scan.attachment_id, filed);
    return filed;
  }

  private async refile(
    tx: Transaction,
    who: Principal,
    { messageId, to, at }: { messageId: string; to: { claim: string; party?: string }; at: Date },
  ): Promise<{ messageId: string; conversationId: string }> {
    const moved = await this.parts.moves.move(tx, messageId, to, { who, at });
    return { messageId, conversationId: moved.conversation };
  }

  /** Where papers stand that were filed wrongly: the mailroom's own thread, to be filed. */
  private async ownConversation(tx: Transaction, inbox: OpenInbox, at: Date): Promise<string> {
    const { contacts, conversations } = this.parts;
    const contactId = await contacts.make(tx, { kind: 'gateway', name: inbox.name, externalId: `mailroom:${inbox.id}` }, at);
    const start = { contactId, brandId: inbox.brandId, teamId: inbox.teamId, channel: inbox.kind, inboxId: inbox.id, addressId: null };
    return (await conversations.openFor(tx, { ...start, toFile: true, at })).id;
  }

  private async lock(tx: Transaction, who: Principal, id: string, state: ScanRow['state']): Promise<{ scan: ScanRow; inbox: OpenInbox }> {
    const scan = found(await this.parts.scans.lock(tx, id));
    const inbox = await this.mailroom(who, scan.inbox_id);
    if (scan.state !== state) throw new HubProblem('already-taken');
    return { scan, inbox };
  }

  /** The mailroom that is named, else the first of the clerk's brands. @throws HubProblem `no-mailroom`, `not-found` */
  private async mailroom(who: Principal, id: string | undefined): Promise<OpenInbox> {
    const mine = (inbox: OpenInbox): boolean =>
      inbox.kind === 'letter' && (who.brandIds.length === 0 || who.brandIds.includes(inbox.brandId));
    const inbox = (await this.parts.inboxes.all()).find((one) => mine(one) && (id === undefined || one.id === id));
    if (!inbox) throw new HubProblem(id ? 'not-found' : 'no-mailroom');
    return inbox;
  }

  private async zoneOf(inbox: OpenInbox): Promise<string> {
    return (await this.parts.brands.find(inbox.brandId))?.time_zone ?? 'UTC';
  }

  private tell(tx: Transaction, scanId: string, state: string, at: Date): Promise<void> {
    return this.parts.outbox.append(tx, at, [{ type: 'scan.changed', conversationId: null, payload: { scanId, state } }]);
  }

  private record(
    tx: Transaction,
    who: Principal,
    { action, subjectId, at }: { action: string; subjectId: string; at: Date },
  ): Promise<void> {
    return this.parts.audit.record(tx, { actor: { kind: who.kind, id: who.id }, action, subject: 'paper', subjectId, facts: {}, at });
  }
}
