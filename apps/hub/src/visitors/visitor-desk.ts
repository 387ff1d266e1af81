import { Journal, Visitors, VisitorThreads } from '@claimline/conversations';
import type { Clock, Database } from '@claimline/database';
import { addressKey, ChannelError, email, tel, visitor, type InboundEvent } from '@claimline/messages';
import { VisitorSend } from '@claimline/protocol';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { ClaimAddress } from '../flows/claim-address';
import { HubProblem } from '../http/problem';
import { RateLimits } from '../http/rate-limits';
import { InboundDesk } from '../inbound/inbound-desk';
import { packFrame } from '../inbound/raw-frame';
import { VisitorThreadView } from '../views/visitor-thread.view';
import type { Admitted } from './visitor-door';
import { MESSAGES } from './visitor-limits';

/** What {@link VisitorDesk} needs. */
export interface VisitorGround {
  readonly database: Database;
  readonly desk: InboundDesk;
  readonly journal: Journal;
  readonly visitors: Visitors;
  readonly threads: VisitorThreads;
  readonly view: VisitorThreadView;
  readonly claim: ClaimAddress;
  readonly limits: RateLimits;
  readonly clock: Clock;
}

/** By what name the files room remembers a visitor's uploads. */
export const visitorUploader = (visitorId: string): string => addressKey(visitor(visitorId));

/** Takes what visitors do: every frame goes through their line's door to the inbound desk, like everything from outside. */
export class VisitorDesk {
  constructor(private readonly ground: VisitorGround) {}

  /** Resolves when the message is on disk and has its place in the visitor's thread; the same clientMsgId again gets the same answer. @throws HubProblem */
  async send(who: Admitted, body: unknown): Promise<{ messageId: string; seq: number }> {
    const read = VisitorSend.safeParse(body);
    if (!read.success) throw new HubProblem('malformed');
    const { contact, ...message } = read.data;
    await this.ground.limits.use(MESSAGES, who.visitorId);
    const { user, face } = who.guest;
    const frame = { is: 'send', ...message, language: face.language, name: user?.name, user: user?.id };
    const event = await this.hear(who, frame);
    const known = await this.messageOf(who, event);
    if (!known) await this.takeNew(who, frame, message.attachments);
    const messageId = known ?? (await this.messageOf(who, event));
    // Kept for a person, but in no thread: the widget tries again, and by its key it is still one message.
    if (!messageId) throw new HubProblem('unavailable');
    if (contact) await this.claim(who, contact);
    return { messageId, seq: await this.place(who.visitorId, messageId) };
  }

  async typing(who: Admitted, isActive: boolean): Promise<void> {
    await this.take(who, { is: 'typing', active: isActive });
  }

  /** The visitor has seen everything up to here. */
  async read(who: Admitted, seq: number): Promise<void> {
    await this.ground.visitors.markRead(this.ground.database, who.visitorId, seq);
    await this.reportRead(who);
  }

  /** Tells the deliveries what the visitor has read. Also after a send has settled, because somebody may read faster than that. */
  async reportRead(who: Admitted): Promise<void> {
    const externalId = await this.ground.view.unreportedRead({ visitorId: who.visitorId, inboxId: who.inbox.id });
    if (externalId) await this.take(who, { is: 'read', externalId });
  }

  private async takeNew(who: Admitted, frame: object, attachments: readonly string[]): Promise<void> {
    const unsent = attachments.length === 0 || (await this.ground.view.areUnsent(attachments, visitorUploader(who.visitorId)));
    if (!unsent) throw new HubProblem('invalid', {}, [{ path: 'attachments', problem: 'not a file of yours that is still to be sent' }]);
    await this.take(who, frame);
  }

  private async take({ inbox, door, visitorId }: Admitted, frame: object): Promise<void> {
    const inbound = await door.receive(frame, visitorId);
    await this.ground.desk.take(inbox, inbound, { door: 'socket', body: packFrame(visitorId, frame), receivedAt: this.ground.clock.now() });
  }

  private async hear({ door, visitorId }: Admitted, frame: object): Promise<InboundEvent> {
    try {
      const [event] = (await door.receive(frame, visitorId)).events;
      return event!;
    } catch (error) {
      throw error instanceof ChannelError ? new HubProblem('malformed') : error;
    }
  }

  private messageOf({ inbox }: Admitted, event: InboundEvent): Promise<string | undefined> {
    return this.ground.journal.messageOf(this.ground.database, inbox.id, event.key);
  }

  private async place(visitorId: string, messageId: string): Promise<number> {
    const { database, threads } = this.ground;
    await database.transaction((tx) => threads.put(tx, visitorId, [messageId]));
    const seq = await threads.placeOf(database, visitorId, messageId);
    if (seq === undefined) throw new HubProblem('not-found');
    return seq;
  }

  private async claim({ inbox, visitorId }: Admitted, contact: NonNullable<VisitorSend['contact']>): Promise<void> {
    const number = 'phone' in contact ? parsePhoneNumberFromString(contact.phone, inbox.region as CountryCode) : undefined;
    if ('phone' in contact && !number?.isValid()) return;
    const address = 'email' in contact ? email(contact.email) : tel(number!.number);
    await this.ground.database.transaction((tx) => this.ground.claim.claim(tx, visitorId, address, this.ground.clock.now()));
  }
}
