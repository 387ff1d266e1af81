import { Conversations, type ConversationRow, type Viewer } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import { isRefusal } from '@claimline/messages';
import { Accounts } from '@claimline/people';
import { ComplaintClocks, Complaints, outcomePolicy, Tasks, type ComplaintAct, type StepTaken } from '@claimline/quality';
import type { HandlingRules } from '../complaints/handling-rules';
import { lockVisible } from '../conversations/visible-conversation';
import { found, HubProblem, refuse } from '../http/problem';
import type { ComplaintFactsView, ComplaintPlace } from '../views/complaint-facts.view';
import type { FollowClocks } from './follow-clocks';
import type { PlacedComplaint, TellComplainant } from './tell-complainant';

/** Who acts, when. */
export interface ByPerson {
  readonly who: Viewer;
  readonly at: Date;
}

/** The rooms that a step touches. */
export interface ComplaintRooms {
  readonly conversations: Conversations;
  readonly complaints: Complaints;
  readonly clocks: ComplaintClocks;
  readonly tasks: Tasks;
  readonly accounts: Accounts;
}

const DAY_MS = 24 * 3_600_000;
const OPEN_TASKS = ['complaint-draft', 'complaint-step', 'complaint-reopened'];

/** What people do with a complaint: each step with what follows from it, in one transaction. */
export class HandleComplaint {
  constructor(
    private readonly rooms: ComplaintRooms,
    private readonly facts: ComplaintFactsView,
    private readonly rules: HandlingRules,
    private readonly telling: TellComplainant,
    private readonly due: FollowClocks,
  ) {}

  /** It is one: the customer hears that it is here, with its number and until when it is answered. */
  async confirm(tx: Transaction, id: string, act: ComplaintAct & { do: 'confirm' }, by: ByPerson): Promise<void> {
    for (const account of [act.officerId, ...act.against]) found(await this.rooms.accounts.find(tx, account));
    const placed = await this.take(tx, id, act, by);
    await this.settle(tx, placed, 'complaint-confirmed', by.at);
    const sent = await this.telling.tell(tx, placed, { template: 'complaint_received', by: by.who.id, at: by.at });
    if (sent) await this.kept(tx, placed, { what: 'receipt', messageId: sent.id, at: by.at });
    await this.due.renewDue(tx, placed.conversation.id);
  }

  /** None after all, or taken back: nothing is promised any more. */
  async end(tx: Transaction, id: string, act: ComplaintAct & { do: 'dismiss' | 'withdraw' }, by: ByPerson): Promise<void> {
    const placed = await this.take(tx, id, act, by);
    await this.rooms.clocks.stop(tx, placed.complaint, by.at, placed.complaint.state);
    await this.settle(tx, placed, placed.complaint.state, by.at);
    await this.due.renewDue(tx, placed.conversation.id);
  }

  /** Its category: the playbook's tasks are on the list, and its clock runs. */
  async classify(tx: Transaction, id: string, chosen: { category: string; regulator?: string | null }, by: ByPerson): Promise<void> {
    const rules = await this.rules.read(tx);
    const playbook = found(rules.playbooks.find(({ code }) => code === chosen.category));
    const before = found(await this.rooms.complaints.find(tx, id));
    const regulator = chosen.regulator === undefined ? before.regulator : chosen.regulator;
    const placed = await this.take(tx, id, { do: 'classify', category: playbook.code, regulator }, by);
    const { complaint, place, conversation } = placed;
    const policy = playbook.clock === 'region' ? outcomePolicy(place.region) : playbook.clock;
    await this.rooms.clocks.rule(tx, complaint, place.place, { policy, at: by.at });
    for (const [index, { text, afterDays }] of playbook.tasks.entries())
      await this.rooms.tasks.create(
        tx,
        {
          key: `complaint-step:${complaint.id}:${index}`,
          kind: 'complaint-step',
          reason: text[place.language],
          ...this.about(placed),
          ownerId: complaint.officerId ?? by.who.id,
          due: new Date(by.at.getTime() + afterDays * DAY_MS),
          createdBy: by.who.id,
        },
        by.at,
      );
    await this.due.renewDue(tx, conversation.id);
  }

  async investigate(tx: Transaction, id: string, investigatorId: string, by: ByPerson): Promise<void> {
    found(await this.rooms.accounts.find(tx, investigatorId));
    await this.take(tx, id, { do: 'investigate', investigatorId }, by);
  }

  async propose(tx: Transaction, id: string, act: ComplaintAct & { do: 'propose' }, by: ByPerson): Promise<void> {
    const { rootCauses } = await this.rules.read(tx);
    found(rootCauses.find(({ code }) => code === act.rootCause));
    found(await this.rooms.accounts.find(tx, act.ownerId));
    await this.take(tx, id, act, by);
  }

  /** Carried out: with the customer's own words as proof, which have to stand in this conversation. */
  async execute(tx: Transaction, id: string, act: ComplaintAct & { do: 'execute' }, by: ByPerson): Promise<void> {
    const { conversationId } = found(await this.rooms.complaints.find(tx, id));
    if (act.messageId && !(await this.facts.isSaidThere(tx, conversationId, act.messageId, true)))
      refuse('complaint-step-refused', { reason: 'consent-missing' });
    await this.take(tx, id, act, by);
  }

  /** Steps without anything around them. */
  async step(tx: Transaction, id: string, act: ComplaintAct & { do: 'follow-up' }, by: ByPerson): Promise<void> {
    await this.take(tx, id, act, by);
  }

  /** Over: what was on the lists for it is taken back. */
  async close(tx: Transaction, id: string, by: ByPerson): Promise<void> {
    const placed = await this.take(tx, id, { do: 'close' }, by);
    await this.rooms.clocks.stop(tx, placed.complaint, by.at, 'closed');
    await this.settle(tx, placed, 'complaint-closed', by.at);
    await this.due.renewDue(tx, placed.conversation.id);
  }

  /** What the callback came to. An unhappy one opens the proposal again: a supervisor hears of it and the outcome is due anew. */
  async score(tx: Transaction, id: string, score: number, by: ByPerson): Promise<void> {
    const { reopened, ...placed } = await this.take(tx, id, { do: 'score', score }, by);
    if (!reopened) return;
    const { complaint, conversation, place } = placed;
    await this.rooms.clocks.rule(tx, { ...complaint, receivedAt: by.at }, place.place, { policy: outcomePolicy(place.region), at: by.at });
    await this.rooms.tasks.create(
      tx,
      {
        key: `complaint-reopened:${complaint.id}`,
        kind: 'complaint-reopened',
        reason: 'complaint',
        ...this.about(placed),
        ownerId: (await this.facts.free(tx, 'supervisor', { conversationId: conversation.id, against: complaint.against })) ?? null,
        due: new Date(by.at.getTime() + DAY_MS),
      },
      by.at,
    );
    await this.due.renewDue(tx, conversation.id);
  }

  /** A complaint with its conversation held, for a change by this person. @throws HubProblem `not-found`, `complaint-step-refused` */
  async hold(tx: Transaction, id: string, who: Viewer): Promise<PlacedComplaint> {
    const { conversationId } = found(await this.rooms.complaints.find(tx, id));
    const conversation = await lockVisible(this.rooms.conversations, tx, who, conversationId);
    const complaint = (await this.rooms.complaints.lock(tx, id))!;
    if (complaint.endedAt) refuse('complaint-step-refused', { reason: 'not-open' });
    if (complaint.against.includes(who.id)) refuse('complaint-step-refused', { reason: 'recused' });
    return { complaint, conversation, place: await this.placeOf(tx, conversation) };
  }

  /** A promise of its clocks is kept; the inbox sorts by what is next. */
  async kept(tx: Transaction, placed: PlacedComplaint, done: Parameters<ComplaintClocks['kept']>[3]): Promise<void> {
    await this.rooms.clocks.kept(tx, placed.complaint, placed.place.place, done);
  }

  private async take(
    tx: Transaction,
    id: string,
    act: ComplaintAct,
    { who, at }: ByPerson,
  ): Promise<PlacedComplaint & { reopened: boolean }> {
    const { conversationId } = found(await this.rooms.complaints.find(tx, id));
    const conversation = await lockVisible(this.rooms.conversations, tx, who, conversationId);
    const { complaint, reopened } = taken(await this.rooms.complaints.take(tx, id, act, { id: who.id, at }));
    return { complaint, reopened, conversation, place: await this.placeOf(tx, conversation) };
  }

  private async placeOf(tx: Transaction, conversation: ConversationRow): Promise<ComplaintPlace> {
    return (await this.facts.placeOf(tx, conversation.id))!;
  }

  private about({ complaint, conversation }: PlacedComplaint) {
    const { claim_id: claimId, claim_number: number, team_id: teamId } = conversation;
    const claim = claimId && number ? { id: claimId, number } : null;
    return { params: { complaint: complaint.id }, claim, conversationId: conversation.id, contactId: conversation.contact_id, teamId };
  }

  private async settle(tx: Transaction, { conversation }: PlacedComplaint, outcome: string, at: Date): Promise<void> {
    for (const kind of OPEN_TASKS) await this.rooms.tasks.settle(tx, { conversationId: conversation.id, kind }, outcome, at);
  }
}

function taken(answer: Awaited<ReturnType<Complaints['take']>>): StepTaken {
  const step = found(answer);
  if (isRefusal(step)) throw new HubProblem('complaint-step-refused', { reason: step.refused });
  return step;
}
