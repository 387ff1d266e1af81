import { Readable } from 'node:stream';
import {
  Appointments,
  Conversations,
  SecureLinks,
  type AppointmentPlan,
  type AppointmentRow,
  type ConversationRow,
} from '@claimline/conversations';
import { Outbox, type Database, type Transaction } from '@claimline/database';
import { Attachments, FileKeeper, Files } from '@claimline/files';
import type { Outlets } from '../conversations/outlets';
import { found, HubProblem } from '../http/problem';
import { calendarFile } from '../paper/calendar-file';
import { PortalAddress } from '../portal/portal-address';
import { AppointmentView, timeInWords, type AppointmentFacts } from '../views/appointment.view';
import { SendAutomatic } from './send-automatic';

const DAY_MS = 24 * 3_600_000;
const CALENDAR_LIMIT = 100_000;
const MOST_AT_ONCE = 50;

interface Parts {
  readonly database: Database;
  readonly appointments: Appointments;
  readonly conversations: Conversations;
  readonly view: AppointmentView;
  readonly links: SecureLinks;
  readonly address: PortalAddress;
  readonly automatic: SendAutomatic;
  readonly outlets: Outlets;
  readonly keeper: FileKeeper;
  readonly files: Files;
  readonly attachments: Attachments;
  readonly outbox: Outbox;
}

type Words = 'appointment_set' | 'appointment_changed' | 'appointment_canceled' | 'appointment_reminder';

/** Appointments: the customer is invited where they last wrote, with a page to confirm on and, by mail, a file for their calendar; and reminded the day before. */
export class InviteCustomer {
  readonly name = 'appointments';

  constructor(private readonly parts: Parts) {}

  /** The caller holds the conversation's lock. Returns the appointment's id. */
  async invite(
    tx: Transaction,
    conversation: ConversationRow,
    wish: AppointmentPlan & { readonly kind: AppointmentRow['kind']; readonly by: string },
    at: Date,
  ): Promise<string> {
    refusePast(wish, at);
    const id = await this.parts.appointments.add(tx, { ...wish, conversationId: conversation.id, at });
    await this.tell(tx, conversation, { id, template: 'appointment_set', at });
    return id;
  }

  /** @throws HubProblem `already-taken` for one that is over or canceled */
  async change(
    tx: Transaction,
    conversation: ConversationRow,
    { id, plan, at }: { id: string; plan: AppointmentPlan; at: Date },
  ): Promise<void> {
    refusePast(plan, at);
    refuseOver(found(await this.parts.appointments.lock(tx, id)));
    await this.parts.appointments.change(tx, id, plan, at);
    await this.tell(tx, conversation, { id, template: 'appointment_changed', at });
  }

  async cancel(tx: Transaction, conversation: ConversationRow, id: string, at: Date): Promise<void> {
    refuseOver(found(await this.parts.appointments.lock(tx, id)));
    await this.parts.appointments.setState(tx, id, 'canceled', { at });
    await this.tell(tx, conversation, { id, template: 'appointment_canceled', at });
  }

  /** What the customer said on their page. One who wants another time is for a person. */
  async answer(
    tx: Transaction,
    id: string,
    { answer, wish, at }: { answer: 'confirm' | 'change'; wish?: string; at: Date },
  ): Promise<void> {
    const { appointments, conversations, outbox } = this.parts;
    const row = found(await appointments.find(tx, id));
    await conversations.lock(tx, row.conversation_id);
    refuseOver(found(await appointments.lock(tx, id)));
    const state = answer === 'confirm' ? 'confirmed' : 'change-asked';
    await appointments.setState(tx, id, state, { at, wish });
    // Somebody waits for another time: the conversation is to do again.
    if (state === 'change-asked') await conversations.awaitReply(tx, row.conversation_id);
    await outbox.append(tx, at, [
      { type: 'appointment.changed', conversationId: row.conversation_id, payload: { appointmentId: id, state } },
    ]);
  }

  /** Reminds of what begins within a day. */
  async sweep(now: Date): Promise<number> {
    const due = await this.parts.appointments.toRemind(this.parts.database, now, MOST_AT_ONCE);
    for (const id of due) await this.parts.database.transaction((tx) => this.remind(tx, id, now));
    return due.length;
  }

  private async remind(tx: Transaction, id: string, at: Date): Promise<void> {
    const { appointments, conversations } = this.parts;
    const conversation = await conversations.lock(tx, found(await appointments.find(tx, id)).conversation_id);
    const row = found(await appointments.lock(tx, id));
    if (row.reminded_at || !conversation) return;
    await appointments.reminded(tx, id, at);
    await this.tell(tx, conversation, { id, template: 'appointment_reminder', at });
  }

  private async tell(
    tx: Transaction,
    conversation: ConversationRow,
    { id, template, at }: { id: string; template: Words; at: Date },
  ): Promise<void> {
    const { view, links, address, automatic, outbox } = this.parts;
    const facts = found(await view.facts(tx, id));
    const link = {
      purpose: 'appointment',
      contactId: conversation.contact_id,
      claimNumber: conversation.claim_number,
      conversationId: conversation.id,
      addressId: null,
      subject: id,
      singleUse: false,
      expiresAt: new Date(facts.endsAt.getTime() + DAY_MS),
    } as const;
    const { token } = await links.create(tx, link, at);
    await automatic.send(tx, conversation, {
      template,
      key: `${template}:${id}:${facts.sequence}`,
      words: { appointmentTime: timeInWords(facts) },
      secrets: { portalUrl: address.portalUrl('appointment', token) },
      attachments: await this.calendar(tx, conversation, facts, at),
      at,
    });
    await outbox.append(tx, at, [
      { type: 'appointment.changed', conversationId: conversation.id, payload: { appointmentId: id, state: facts.state } },
    ]);
  }

  /** A calendar file goes along with mail alone: a telephone shows none, and the page has it for everybody. */
  private async calendar(tx: Transaction, conversation: ConversationRow, facts: AppointmentFacts, at: Date): Promise<string[]> {
    const { outlets, keeper, files, attachments } = this.parts;
    const outlet = await outlets.choose(tx, conversation, {}).catch((error: unknown) => {
      if (error instanceof HubProblem) return undefined;
      throw error;
    });
    if (outlet?.channel !== 'email') return [];
    const content = Readable.from([Buffer.from(calendarFile(facts, at))]);
    const kept = await keeper.keep(content, { name: 'appointment.ics', contentType: 'text/calendar' }, CALENDAR_LIMIT);
    const fileId = await files.add(tx, kept, 'hub', at);
    const { name, contentType, size } = kept;
    const nowhere = { messageId: null, conversationId: null, place: 0, inboxId: null, media: null };
    return [await attachments.add(tx, { ...nowhere, fileId, name, contentType, size, state: 'stored', at })];
  }
}

function refusePast({ startsAt }: AppointmentPlan, at: Date): void {
  if (startsAt <= at) throw new HubProblem('invalid', {}, [{ path: 'startsAt', problem: 'lies in the past' }]);
}

function refuseOver({ state }: AppointmentRow): void {
  if (state === 'canceled' || state === 'held') throw new HubProblem('already-taken');
}
