import { Database, type Clock, type LoggedEvent, type Transaction } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { Notices, type ChangeToTell, type PlannedNotices } from '@claimline/notifications';
import { NoticeSituationView, type SituationToTell } from '../views/notice-situation.view';
import type { StageDocuments } from '../documents/stage-documents';
import type { AskPerson } from './ask-person';
import { oneByOne } from './one-by-one';
import type { SendNotice } from './send-notice';

const DIGESTS_AT_ONCE = 50;

/** A claim has changed: whoever is concerned is told, once, or a person hears why not. */
export class PlanNotices {
  readonly name = 'notice-digests';

  constructor(
    private readonly database: Database,
    private readonly situations: NoticeSituationView,
    private readonly notices: Notices,
    private readonly sending: SendNotice,
    private readonly person: AskPerson,
    private readonly papers: StageDocuments,
    private readonly clock: Clock,
    readonly log: Log,
  ) {}

  async onClaimChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    await this.tell(tx, event, async (told) => told);
  }

  /** The same with words that somebody adds (a link), or with addresses left out. Undefined: there is no such claim. */
  async tell(
    tx: Transaction,
    event: LoggedEvent,
    prepare: (told: SituationToTell) => Promise<SituationToTell>,
  ): Promise<PlannedNotices | undefined> {
    const known = await this.situations.of(tx, String(event.payload['claimNumber']), changeOf(event));
    const told = known && (await prepare(known));
    if (!told) return undefined;
    const planned = await this.notices.plan(tx, told.situation);
    await this.carryOut(tx, planned, told);
    return planned;
  }

  /** Tells what has waited long enough for more of the same. */
  async sweep(): Promise<number> {
    const due = await this.notices.dueDigests(this.database, DIGESTS_AT_ONCE);
    return oneByOne(due, this, ({ id, claimNumber }) => this.database.transaction((tx) => this.tellDigest(tx, id, claimNumber)));
  }

  private async tellDigest(tx: Transaction, noticeId: string, claimNumber: string): Promise<void> {
    const change = await this.notices.holdDigest(tx, noticeId);
    const told = change && (await this.situations.of(tx, claimNumber, change));
    if (!told) return;
    const at = this.clock.now();
    const { situation, requestId } = await this.papers.prepare(tx, told.situation, { jurisdiction: told.jurisdiction, at });
    const planned = await this.notices.planDigest(tx, noticeId, situation);
    await this.carryOut(tx, planned, told);
    await this.papers.told(tx, requestId, planned, at);
  }

  private async carryOut(tx: Transaction, planned: PlannedNotices, told: SituationToTell): Promise<void> {
    const at = this.clock.now();
    for (const messageId of planned.cancel) await this.sending.takeBack(tx, messageId, at);
    for (const notice of planned.send) await this.sending.send(tx, notice, told, at);
    for (const one of planned.forPeople) await this.person.ask(tx, one, told.handlerId, at);
  }
}

/** The change that an event of the claims room tells. */
function changeOf({ payload, at }: LoggedEvent): ChangeToTell {
  const text = (name: string): string | null => (typeof payload[name] === 'string' ? (payload[name] as string) : null);
  return {
    claimEventId: text('claimEventId')!,
    stage: text('stage')!,
    subStatus: text('subStatus'),
    stageChanged: payload['stageChanged'] === true,
    handlerReplaced: payload['handlerReplaced'] === true,
    exposureId: text('exposureId'),
    occurredAt: new Date(text('occurredAt') ?? at),
  };
}
