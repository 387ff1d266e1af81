import type { Transaction } from '@claimline/database';
import { isRefusal } from '@claimline/messages';
import { ComplaintClocks, Complaints, isOver, type ComplaintState } from '@claimline/quality';
import { refuse } from '../http/problem';
import type { FollowClocks } from './follow-clocks';
import type { ByPerson, HandleComplaint } from './handle-complaint';
import type { PlacedComplaint, TellComplainant } from './tell-complainant';

// Before it is carried out there is no outcome yet.
const WITH_OUTCOME: readonly ComplaintState[] = ['executing', 'follow_up'];

/** Words to whoever complained: how it stands, more time with the reason, the outcome. */
export class InformComplainant {
  constructor(
    private readonly complaints: Complaints,
    private readonly clocks: ComplaintClocks,
    private readonly handle: HandleComplaint,
    private readonly telling: TellComplainant,
    private readonly due: FollowClocks,
  ) {}

  async progress(tx: Transaction, id: string, text: string, by: ByPerson): Promise<string> {
    const placed = await this.open(tx, id, by);
    const sent = await this.telling.tell(tx, placed, { template: 'complaint_progress', text, by: by.who.id, at: by.at });
    if (sent) await this.handle.kept(tx, placed, { what: 'progress', messageId: sent.id, at: by.at });
    await this.complaints.amend(
      tx,
      placed.complaint,
      {},
      { act: 'progress', facts: sent ? { message: sent.id } : {}, by: { id: by.who.id, at: by.at } },
    );
    await this.due.renewDue(tx, placed.conversation.id);
    return id;
  }

  async extend(tx: Transaction, id: string, asked: { reason: string; approves: boolean }, by: ByPerson): Promise<string> {
    const placed = await this.open(tx, id, by);
    const { complaint } = placed;
    const extended = await this.clocks.extend(tx, complaint, { at: by.at, approves: asked.approves });
    if (isRefusal(extended)) refuse('complaint-step-refused', { reason: extended.refused });
    const facts = { until: extended.until.toISOString() };
    const told = { act: 'extend', facts, by: { id: by.who.id, at: by.at } };
    const amended = await this.complaints.amend(tx, complaint, { extensions: complaint.extensions + 1 }, told);
    await this.telling.tell(
      tx,
      { ...placed, complaint: amended },
      { template: 'complaint_progress', text: asked.reason, by: by.who.id, at: by.at },
    );
    await this.due.renewDue(tx, placed.conversation.id);
    return id;
  }

  /** It counts when it has left (see `FollowComplaint`). Sent again, the new one counts. */
  async outcome(tx: Transaction, id: string, text: string, by: ByPerson): Promise<string> {
    const placed = await this.open(tx, id, by);
    if (!WITH_OUTCOME.includes(placed.complaint.state)) refuse('complaint-step-refused', { reason: 'not-from-here' });
    const sent = await this.telling.outcome(tx, placed, { template: 'complaint_outcome', text, by: by.who.id, at: by.at });
    if (!sent) refuse('complaint-step-refused', { reason: 'no-written-way' });
    const change = { outcomeMessageId: sent.id, outcomeSentAt: null };
    await this.complaints.amend(tx, placed.complaint, change, {
      act: 'outcome',
      facts: { message: sent.id },
      by: { id: by.who.id, at: by.at },
    });
    return id;
  }

  private async open(tx: Transaction, id: string, { who }: ByPerson): Promise<PlacedComplaint> {
    const placed = await this.handle.hold(tx, id, who);
    const { state } = placed.complaint;
    if (state === 'draft' || isOver(state)) refuse('complaint-step-refused', { reason: 'not-from-here' });
    return placed;
  }
}
