import { Appointments, Contacts } from '@claimline/conversations';
import { type Clock, type Database, type Transaction } from '@claimline/database';
import type { InboundMessage } from '@claimline/messages';
import { Audit } from '@claimline/people';
import type { LogVisit, LoggedVisit } from '@claimline/protocol';
import type { z } from 'zod';
import { FileByHand, readEntry, type ByHand } from '../flows/file-by-hand';
import { contactOf } from '../flows/move-message';
import { UploadedFiles } from '../flows/send-reply';
import { found, HubProblem } from '../http/problem';
import type { Principal } from '../http/principal';
import { OpenInboxes, type OpenInbox } from '../inbound/open-inboxes';
import { PartyView, type Party } from '../views/party.view';
import { VisitView } from '../views/visit.view';

// Whoever comes home from a journey writes down what was said on it; later it is memory, and belongs into a note.
const OLDEST_MS = 30 * 24 * 3_600_000;

/** What the counter sends, after its schema has filled in the rest. */
export type Visit = z.output<typeof LogVisit>;

interface Parts {
  readonly database: Database;
  readonly inboxes: OpenInboxes;
  readonly parties: PartyView;
  readonly contacts: Contacts;
  readonly visits: VisitView;
  readonly appointments: Appointments;
  readonly byHand: FileByHand;
  readonly files: UploadedFiles;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** The counter: somebody stands there, says something and hands papers over; both go into the thread at once. */
export class CounterDesk {
  constructor(private readonly parts: Parts) {}

  /** Papers first, as what the customer gave us; then the visit, in which a person of ours has answered. @throws HubProblem */
  async log(who: Principal, visit: Visit): Promise<LoggedVisit> {
    const at = this.parts.clock.now();
    const when = this.timeOf(visit, at);
    return this.parts.database.transaction(async (tx) => {
      const { inbox, ...whose } = await this.whose(tx, who, visit);
      const given = { ...whose, inbox, clerkId: who.id, at };
      const papers = await this.papers(tx, given, { visit, when, whose });
      const message = await this.entry(inbox, { ...this.told(visit, whose), id: visit.id, at: when });
      const { messageId, conversationId } = await this.parts.byHand.file(tx, { ...given, message, kind: 'visit' });
      if (visit.appointment) await this.held(tx, visit.appointment, conversationId, at);
      const facts = { messageId, meeting: visit.meeting };
      const actor = { kind: who.kind, id: who.id };
      await this.parts.audit.record(tx, { actor, action: 'visit.log', subject: 'conversation', subjectId: conversationId, facts, at });
      return { message: messageId, conversation: conversationId, papers };
    });
  }

  private told(visit: Visit, whose: Whose): object {
    const { contactId, name } = whose;
    const { meeting, text, participants, reason, identity, minutes } = visit;
    const place = visit.place || whose.place;
    return { is: 'visit', meeting, contact: contactId, name, text, place, participants, reason, identity, minutes, files: [] };
  }

  private async papers(
    tx: Transaction,
    given: Omit<ByHand, 'message' | 'kind'>,
    { visit, when, whose }: { visit: Visit; when: Date; whose: Whose },
  ): Promise<number> {
    if (visit.attachments.length === 0) return 0;
    const { inbox, clerkId, at, contactId } = given;
    const text = inbox.name;
    const place = visit.place || whose.place;
    const entry = { is: 'visit', id: `${visit.id}:p`, meeting: visit.meeting, contact: contactId, name: whose.name, text, place, at: when };
    const message = { ...(await this.entry(inbox, { ...entry, files: visit.attachments })), text: '' };
    const { messageId, conversationId, isNew } = await this.parts.byHand.file(tx, { ...given, message, kind: 'letter' });
    if (isNew) await this.parts.files.give(tx, { ids: visit.attachments, messageId, conversationId, by: clerkId, at });
    return visit.attachments.length;
  }

  private async entry(inbox: OpenInbox, entry: object): Promise<InboundMessage> {
    const { events } = await readEntry(inbox, entry);
    return events[0] as InboundMessage;
  }

  private async held(tx: Transaction, id: string, conversationId: string, at: Date): Promise<void> {
    const appointment = found(await this.parts.appointments.lock(tx, id));
    if (appointment.conversation_id !== conversationId) throw new HubProblem('not-found');
    await this.parts.appointments.setState(tx, id, 'held', { at });
  }

  private timeOf({ at: told }: Visit, now: Date): Date {
    const at = told ? new Date(told) : now;
    const no = (problem: string): never => {
      throw new HubProblem('invalid', {}, [{ path: 'at', problem }]);
    };
    if (at > now) no('lies in the future');
    return now.getTime() - at.getTime() > OLDEST_MS ? no('is more than thirty days ago') : at;
  }

  private async whose(tx: Transaction, who: Principal, visit: Visit): Promise<Whose & { inbox: OpenInbox }> {
    const party = visit.claim ? found(await this.parts.parties.of(tx, visit.claim, visit.party ?? null)) : null;
    const contactId = visit.contact ?? contactOf(party!, who);
    if (party) contactOf({ ...party, contactId }, who);
    const { inbox, place } = await this.counter(who, visit.inbox);
    const { name } = found(await this.parts.contacts.find(tx, contactId));
    return { contactId, party, brandId: party?.brandId ?? inbox.brandId, name, place, inbox };
  }

  /** The counter that is named, else the first of the clerk's brands. @throws HubProblem `no-counter`, `not-found` */
  private async counter(who: Principal, id: string | undefined): Promise<{ inbox: OpenInbox; place: string }> {
    const counter = (await this.parts.visits.counters(who)).find((one) => id === undefined || one.id === id);
    const inbox = counter && (await this.parts.inboxes.find(counter.id));
    if (!inbox) throw new HubProblem(id ? 'not-found' : 'no-counter');
    return { inbox, place: counter.place };
  }
}

interface Whose {
  readonly contactId: string;
  readonly party: Party | null;
  readonly brandId: string;
  readonly name: string;
  /** Of the counter. */
  readonly place: string;
}
