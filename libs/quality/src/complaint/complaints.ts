import { newId, type Outbox, type Queries, type Transaction } from '@claimline/database';
import { isRefusal, type Refusal } from '@claimline/messages';
import type { QualityEvent } from '../events';
import { decideComplaint, isOver, type ComplaintAct, type StepRefusal } from './complaint';
import type { ComplaintNoteRecord, ComplaintRecord } from './complaint.entity';
import type { ComplaintStore, NewComplaint } from './complaints.repository';

/** Who does it, and when. `id` null: the hub. */
export interface ComplaintActor {
  readonly id: string | null;
  readonly at: Date;
}

/** A step that was taken. */
export interface StepTaken {
  readonly before: ComplaintRecord;
  readonly complaint: ComplaintRecord;
  /** The callback was unhappy: it stands at the proposal again. */
  readonly reopened: boolean;
}

/** Complaints from the draft to the end. The caller holds the row of the complaint's conversation. */
export class Complaints {
  constructor(
    private readonly store: ComplaintStore,
    private readonly outbox: Outbox,
  ) {}

  /** Opens a draft, or undefined: the conversation has a complaint already. */
  async open(tx: Transaction, draft: Omit<NewComplaint, 'id' | 'openedAt'>, now: Date): Promise<ComplaintRecord | undefined> {
    const made = await this.store.add(tx, { ...draft, id: newId(now), openedAt: now });
    if (!made) return undefined;
    await this.note(
      tx,
      made,
      { act: 'open', from: null, facts: { source: made.source, signals: made.signals } },
      { id: draft.openedBy, at: now },
    );
    await this.publish(tx, made, now, { type: 'complaint.opened', payload: { complaintId: made.id, source: made.source } });
    return made;
  }

  find(queries: Queries, id: string): Promise<ComplaintRecord | undefined> {
    return this.store.find(queries, id);
  }

  openOf(queries: Queries, conversationId: string): Promise<ComplaintRecord | undefined> {
    return this.store.openOf(queries, conversationId);
  }

  byOutcome(queries: Queries, messageId: string): Promise<ComplaintRecord | undefined> {
    return this.store.byOutcome(queries, messageId);
  }

  /** Takes one of the six steps, with its place in the history. */
  async take(
    tx: Transaction,
    id: string,
    act: ComplaintAct,
    by: { readonly id: string; readonly at: Date },
  ): Promise<StepTaken | Refusal<StepRefusal> | undefined> {
    const before = await this.store.lock(tx, id);
    if (!before) return undefined;
    const decided = decideComplaint(before, act, by.id);
    if (isRefusal(decided)) return decided;
    const { change, reopened } = decided;
    const complaint = { ...before, ...change, against: [...(change.against ?? before.against)] };
    if (isOver(complaint.state)) complaint.endedAt = by.at;
    await this.store.save(tx, complaint);
    await this.note(tx, complaint, { act: reopened ? 'reopen' : act.do, from: before.state, facts: factsOf(act) }, by);
    await this.announce(tx, complaint, act.do, by.at);
    return { before, complaint, reopened };
  }

  /** Changes something beside the steps: who is complained about, the outcome's message, an extension. */
  async amend(
    tx: Transaction,
    complaint: ComplaintRecord,
    change: Partial<ComplaintRecord>,
    told: { readonly act: string; readonly facts?: Readonly<Record<string, unknown>>; readonly by: ComplaintActor },
  ): Promise<ComplaintRecord> {
    const amended = { ...complaint, ...change };
    await this.store.save(tx, amended);
    await this.note(tx, amended, { act: told.act, from: complaint.state, facts: told.facts ?? {} }, told.by);
    await this.announce(tx, amended, told.act, told.by.at);
    return amended;
  }

  lock(tx: Transaction, id: string): Promise<ComplaintRecord | undefined> {
    return this.store.lock(tx, id);
  }

  /** Puts a paper into the investigation. */
  async file(tx: Transaction, complaint: ComplaintRecord, paper: Omit<ComplaintNoteRecord, 'id' | 'complaintId'>): Promise<void> {
    await this.store.addNote(tx, { ...paper, id: newId(paper.at), complaintId: complaint.id });
    await this.announce(tx, complaint, paper.kind, paper.at);
  }

  private async announce(tx: Transaction, complaint: ComplaintRecord, act: string, at: Date): Promise<void> {
    const { id: complaintId, state, category, rootCause } = complaint;
    await this.publish(tx, complaint, at, { type: 'complaint.changed', payload: { complaintId, state, act } });
    if (act === 'close') await this.publish(tx, complaint, at, { type: 'complaint.closed', payload: { complaintId, category, rootCause } });
  }

  private async note(
    tx: Transaction,
    complaint: ComplaintRecord,
    step: { readonly act: string; readonly from: ComplaintRecord['state'] | null; readonly facts: Readonly<Record<string, unknown>> },
    by: ComplaintActor,
  ): Promise<void> {
    const { act, from: fromState, facts } = step;
    const entry = { complaintId: complaint.id, act, fromState, toState: complaint.state, actorId: by.id, facts, at: by.at };
    await this.store.addStep(tx, { ...entry, id: newId(by.at) });
  }

  private async publish(tx: Transaction, complaint: ComplaintRecord, at: Date, event: Omit<QualityEvent, 'conversationId'>): Promise<void> {
    await this.outbox.append(tx, at, [{ ...event, conversationId: complaint.conversationId }]);
  }
}

/** What of a step the history keeps: codes and ids, never what was written. */
function factsOf(act: ComplaintAct): Readonly<Record<string, unknown>> {
  switch (act.do) {
    case 'classify':
      return { category: act.category };
    case 'investigate':
      return { investigator: act.investigatorId };
    case 'propose':
      return { rootCause: act.rootCause, owner: act.ownerId, due: act.due.toISOString() };
    case 'execute':
      return { agreement: act.agreement, message: act.messageId };
    case 'score':
      return { score: act.score };
    default:
      return {};
  }
}
