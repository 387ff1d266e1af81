import { ClaimRepository, DocumentDesk, DocumentReminders, type ClaimMirror, type DueRequest } from '@claimline/claims';
import { Database, newId, type Clock, type Transaction } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { Notices, type PlannedNotices } from '@claimline/notifications';
import { Tasks } from '@claimline/quality';
import { DocumentLink } from '../documents/document-link';
import { NoticeSituationView, type SituationToTell } from '../views/notice-situation.view';
import type { AskPerson } from './ask-person';
import { oneByOne } from './one-by-one';
import type { SendNotice } from './send-notice';

interface Telling {
  readonly situations: NoticeSituationView;
  readonly notices: Notices;
  readonly sending: SendNotice;
  readonly person: AskPerson;
  readonly tasks: Tasks;
}
interface Papers {
  readonly claims: ClaimRepository;
  readonly desk: DocumentDesk;
  readonly reminders: DocumentReminders;
  readonly link: DocumentLink;
}

const DAY_MS = 24 * 3_600_000;

/** The notices that ask for documents: the first time, and for what has to be sent again. */
export const ASKING = { request: 'documents_needed', again: 'document_rejected' } as const;

/** Requests for documents leave when their time has come, once; who does not answer is reminded, then a person goes on. */
export class AskDocuments {
  readonly name = 'document-requests';

  constructor(
    private readonly database: Database,
    private readonly papers: Papers,
    private readonly telling: Telling,
    private readonly clock: Clock,
    readonly log: Log,
  ) {}

  async sweep(): Promise<number> {
    const due = await this.papers.reminders.due(this.database, this.clock.now());
    return oneByOne(due, this, ({ id, what }) =>
      this.database.transaction((tx) => (what === 'tell' ? this.tell(tx, id) : this.remind(tx, id))),
    );
  }

  private async tell(tx: Transaction, id: string): Promise<void> {
    const due = await this.papers.reminders.hold(tx, id, 'tell', this.clock.now());
    const claim = due && (await this.papers.claims.findById(tx, due.request.claimId));
    if (!claim) return;
    const { request } = due;
    if (claim.stage === 'closed') return this.papers.reminders.stop(tx, request, 'canceled');
    // One message says everything that is awaited; what is to be sent again has a text of its own.
    const isRequest = request.kind === 'request';
    const code = isRequest ? ASKING.request : ASKING.again;
    const planned = await this.say(tx, claim, { code, due, items: isRequest ? due.awaited : due.about, occasion: request.id });
    await this.papers.reminders.told(tx, request, planned.send[0]?.noticeId ?? null, this.clock.now());
  }

  private async remind(tx: Transaction, id: string): Promise<void> {
    const now = this.clock.now();
    const due = await this.papers.reminders.hold(tx, id, 'remind', now);
    const claim = due && (await this.papers.claims.findById(tx, due.request.claimId));
    if (!claim) return;
    if (claim.stage === 'closed') return this.papers.reminders.stop(tx, due.request);
    await this.say(tx, claim, { code: 'document_reminder', due, items: due.awaited, occasion: newId(now) });
    if (await this.papers.reminders.reminded(tx, due.request, now)) await this.giveToPerson(tx, claim, due);
  }

  private async say(
    tx: Transaction,
    claim: ClaimMirror,
    what: { code: string; due: DueRequest; items: DueRequest['awaited']; occasion: string },
  ): Promise<PlannedNotices> {
    const at = this.clock.now();
    const told = (await this.telling.situations.of(tx, claim.number, {
      claimEventId: what.occasion,
      stage: claim.stage,
      subStatus: claim.subStatus,
      stageChanged: false,
      handlerReplaced: false,
      exposureId: null,
      occurredAt: at,
      partyId: what.due.request.partyId,
    }))!;
    const words = await this.papers.link.wordsFor(tx, told.situation, what.items, at);
    const planned = await this.telling.notices.planOccasion(tx, what.code, { ...told.situation, words });
    await this.carryOut(tx, planned, told, at);
    return planned;
  }

  private async carryOut(tx: Transaction, planned: PlannedNotices, told: SituationToTell, at: Date): Promise<void> {
    for (const messageId of planned.cancel) await this.telling.sending.takeBack(tx, messageId, at);
    for (const notice of planned.send) await this.telling.sending.send(tx, notice, told, at);
    for (const one of planned.forPeople) await this.telling.person.ask(tx, one, told.handlerId, at);
  }

  private async giveToPerson(tx: Transaction, claim: ClaimMirror, { request, awaited }: DueRequest): Promise<void> {
    const now = this.clock.now();
    const party = claim.parties.find(({ id }) => id === request.partyId);
    await this.telling.tasks.create(
      tx,
      {
        key: `documents-overdue:${request.id}`,
        kind: 'documents-overdue',
        reason: null,
        params: { requestId: request.id, count: awaited.length },
        claim: { id: claim.id!, number: claim.number },
        contactId: party?.contactId ?? null,
        ownerId: claim.handlerId,
        due: new Date(now.getTime() + DAY_MS),
      },
      now,
    );
  }
}
