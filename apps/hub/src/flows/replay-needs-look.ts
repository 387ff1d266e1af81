import { Readable } from 'node:stream';
import { Journal, type NeedsLookRow } from '@claimline/conversations';
import { Database, giveUp, makeDue, Outbox, type Clock, type Transaction } from '@claimline/database';
import type { Door, Inbound } from '@claimline/messages';
import { Audit, type Actor } from '@claimline/people';
import type { ReplayAnswer } from '@claimline/protocol';
import { InboundShelf } from '../files/inbound-shelf';
import { found } from '../http/problem';
import { isDatabaseDown } from '../http/problem.filter';
import { InboundDesk } from '../inbound/inbound-desk';
import { mailDoorOf } from '../inbound/mail-desk';
import { OpenInboxes, type OpenInbox } from '../inbound/open-inboxes';
import { unpackFrame } from '../inbound/raw-frame';
import { unpackMail } from '../inbound/raw-mail';
import { unpackRequest } from '../inbound/raw-request';
import { NeedsLookView } from '../views/needs-look.view';

/** What {@link ReplayNeedsLook} needs. */
export interface ReplayGround {
  readonly database: Database;
  readonly journal: Journal;
  readonly shelf: InboundShelf;
  readonly inboxes: OpenInboxes;
  readonly desk: InboundDesk;
  readonly view: NeedsLookView;
  readonly outbox: Outbox;
  readonly audit: Audit;
  readonly clock: Clock;
}

type Settled = 'replayed' | 'dismissed';

/** What a person does with what could not be read or placed: has it read again as it came, or puts it away. */
export class ReplayNeedsLook {
  constructor(private readonly ground: ReplayGround) {}

  /** Reads the kept bytes again through the door they came by, and takes what they say. What was taken before is known by its key. */
  async replay(id: string, who: Actor): Promise<ReplayAnswer> {
    const parked = await this.ground.view.parked(id);
    if (parked) return this.parked(id, who, 'replayed', (tx, now) => makeDue(tx, parked.position, now));
    const item = await this.open(id);
    if (item.state !== 'open') return { outcome: item.state };
    try {
      await this.takeAgain(item);
    } catch (error) {
      if (isDatabaseDown(error)) throw error;
      return { outcome: 'still-failing', detail: error instanceof Error ? error.message : String(error) };
    }
    return { outcome: await this.settle(id, 'replayed', who) };
  }

  /** Puts it away. The bytes stay in the journal; a parked event is given up, and what waited behind it goes on. */
  async dismiss(id: string, who: Actor): Promise<ReplayAnswer> {
    const parked = await this.ground.view.parked(id);
    if (parked) return this.parked(id, who, 'dismissed', (tx, now) => giveUp(tx, parked.position, now));
    await this.open(id);
    return { outcome: await this.settle(id, 'dismissed', who) };
  }

  private async open(id: string): Promise<NeedsLookRow> {
    return found(await this.ground.database.transaction((tx) => this.ground.journal.lockNeedsLook(tx, id)));
  }

  private async takeAgain(item: NeedsLookRow): Promise<void> {
    const { journal, database, inboxes, desk, shelf } = this.ground;
    const kept = item.raw_id && item.raw_at ? await journal.read(database, item.raw_id, item.raw_at) : undefined;
    if (!kept) throw new Error('what came in is no longer kept');
    const inbox = item.inbox_id ? await inboxes.find(item.inbox_id) : undefined;
    if (!inbox) throw new Error('the inbox that it came in by is no longer there');
    const body = kept.fileId ? await shelf.fetch(kept.fileId) : kept.body;
    await desk.retake(inbox, await readAgain(inbox, { door: kept.door, body, receivedAt: item.raw_at! }), {
      rawId: item.raw_id!,
      receivedAt: item.raw_at!,
    });
  }

  private async settle(id: string, state: Settled, who: Actor): Promise<Settled> {
    const { database, journal, outbox, audit, clock } = this.ground;
    return database.transaction(async (tx) => {
      const item = found(await journal.lockNeedsLook(tx, id));
      if (item.state !== 'open') return item.state;
      const at = clock.now();
      await journal.settleNeedsLook(tx, id, { state, by: who.id, at });
      await outbox.append(tx, at, [{ type: 'needs-look.closed', conversationId: null, payload: { itemId: id, state } }]);
      await audit.record(tx, {
        actor: who,
        action: ACTION[state],
        subject: 'needs-look',
        subjectId: id,
        facts: { reason: item.reason },
        at,
      });
      return state;
    });
  }

  private async parked(
    id: string,
    who: Actor,
    state: Settled,
    change: (tx: Transaction, now: Date) => Promise<boolean>,
  ): Promise<ReplayAnswer> {
    const { database, audit, clock } = this.ground;
    const at = clock.now();
    await database.transaction(async (tx) => {
      if (await change(tx, at))
        await audit.record(tx, {
          actor: who,
          action: ACTION[state],
          subject: 'event',
          subjectId: id,
          facts: { reason: 'parked-event' },
          at,
        });
    });
    return state === 'replayed'
      ? { outcome: state, detail: 'it is tried again within a second; if it fails again, it stands here again' }
      : { outcome: state };
  }
}

const ACTION: Readonly<Record<Settled, string>> = { replayed: 'needs-look.replay', dismissed: 'needs-look.dismiss' };

/** Opens the kept bytes by the door they came through. What a stream brought is a mail, and any mail can come through the mail door. */
async function readAgain(inbox: OpenInbox, kept: { door: string; body: Buffer; receivedAt: Date }): Promise<Inbound> {
  const { door, body, receivedAt } = kept;
  if (door === 'webhook') {
    const hook = inbox.channel.doors.find((one): one is Extract<Door, { via: 'webhook' }> => one.via === 'webhook');
    if (hook) return hook.receive({ ...unpackRequest(body), receivedAt });
  }
  const chat = inbox.channel.doors.find((one): one is Extract<Door, { via: 'socket' }> => one.via === 'socket');
  if (chat && door === 'socket') {
    const said = unpackFrame(body);
    return chat.receive(said.frame, said.visitor);
  }
  const mail = mailDoorOf(inbox);
  if (mail && door === 'mail') {
    const sent = unpackMail(body);
    return mail.receive(sent.envelope, Readable.from([sent.mail]));
  }
  if (mail && door === 'stream') return mail.receive({ from: null, to: [inbox.address] }, Readable.from([body]));
  throw new Error(
    `what came in by ${door} cannot be read again by this inbox: ask the customer, or wait for the provider to send it again`,
  );
}
