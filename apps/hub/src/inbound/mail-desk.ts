import { Readable } from 'node:stream';
import type { RawDelivery } from '@claimline/conversations';
import type { Clock } from '@claimline/database';
import { StorageFull } from '@claimline/files';
import type { Door, Inbound, Log, MailEnvelope } from '@claimline/messages';
import { isDatabaseDown } from '../http/problem.filter';
import type { MailAddressView } from '../views/mail-address.view';
import type { InboundDesk } from './inbound-desk';
import type { OpenInbox, OpenInboxes } from './open-inboxes';
import { packMail } from './raw-mail';

/** What the sender of a mail is told about one of its recipients: SMTP's code with its enhanced status (RFC 3463) and a few words. */
export interface MailReply {
  readonly code: 250 | 451 | 452 | 550;
  readonly words: string;
}

const TAKEN: MailReply = { code: 250, words: '2.0.0 taken' };
const NO_MAILBOX: MailReply = { code: 550, words: '5.1.1 there is no such mailbox here' };
const LATER: MailReply = { code: 451, words: '4.3.0 not now, come again' };
const NO_ROOM: MailReply = { code: 452, words: '4.3.1 no room for it now, come again' };
// A mail that keeps its reader busy for longer is kept unread; others are waiting.
const LONGEST_READ_MS = 60_000;

/** Gives a mail to each of our mailboxes that it is for. */
export class MailDesk {
  constructor(
    private readonly addresses: MailAddressView,
    private readonly inboxes: OpenInboxes,
    private readonly desk: InboundDesk,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Whether an address is ours; asked before the mail itself is sent. Undefined: yes. */
  async refusal(address: string): Promise<MailReply | undefined> {
    const owner = await this.inboxOf(address);
    return 'code' in owner ? owner : undefined;
  }

  /** Stores a mail; the answer for each recipient, in their order. Each mailbox gets an event of its own, once, however many of its addresses are named. */
  async take(envelope: MailEnvelope, mail: Buffer): Promise<MailReply[]> {
    const owners = await Promise.all(envelope.to.map((address) => this.inboxOf(address)));
    const answers = new Map<string, Promise<MailReply>>();
    const replies: MailReply[] = [];
    for (const owner of owners) {
      if ('code' in owner) {
        replies.push(owner);
        continue;
      }
      const to = envelope.to.filter((_, at) => (owners[at] as Partial<OpenInbox>).id === owner.id);
      if (!answers.has(owner.id)) answers.set(owner.id, this.takeFor(owner, { ...envelope, to }, mail));
      replies.push(await answers.get(owner.id)!);
    }
    return replies;
  }

  /** The inbox of an address, or why it cannot be had. One that is ours and cannot be opened now is no reason to send the mail back. */
  private async inboxOf(address: string): Promise<OpenInbox | MailReply> {
    try {
      const id = await this.addresses.inboxOf(address);
      return id ? ((await this.inboxes.find(id)) ?? LATER) : NO_MAILBOX;
    } catch (error) {
      this.log.warn({ error: String(error) }, 'an address could not be looked up; the sender comes again');
      return LATER;
    }
  }

  private async takeFor(inbox: OpenInbox, envelope: MailEnvelope, mail: Buffer): Promise<MailReply> {
    const raw = { door: 'mail', body: packMail(envelope, mail), receivedAt: this.clock.now() } as const;
    try {
      const inbound = await this.read(inbox, envelope, mail).catch((error: unknown) => this.keep(inbox, raw, error));
      if (inbound) await this.desk.take(inbox, inbound, raw);
      return TAKEN;
    } catch (error) {
      const down = isDatabaseDown(error);
      this.log.error(
        { inboxId: inbox.id, bytes: mail.length, error: String(error) },
        down ? 'a mail could not be stored; its sender comes again' : 'a mail was put off',
      );
      return error instanceof StorageFull ? NO_ROOM : LATER;
    }
  }

  private async read(inbox: OpenInbox, envelope: MailEnvelope, mail: Buffer): Promise<Inbound> {
    const door = mailDoorOf(inbox);
    if (!door) throw new Error('this inbox takes no mail');
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('reading it took longer than a minute')), LONGEST_READ_MS);
    });
    return Promise.race([door.receive(envelope, Readable.from([mail])), tooLong]).finally(() => clearTimeout(timer));
  }

  // What nobody can read is not the sender's fault: it is kept whole and stands before a person.
  private async keep(inbox: OpenInbox, raw: RawDelivery, error: unknown): Promise<undefined> {
    await this.desk.keepForPerson(inbox, raw, {
      reason: 'unreadable-mail',
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}

/** The door of an inbox through which mail comes, where it has one. */
export const mailDoorOf = (inbox: OpenInbox): Extract<Door, { via: 'mail' }> | undefined =>
  inbox.channel.doors.find((one): one is Extract<Door, { via: 'mail' }> => one.via === 'mail');
