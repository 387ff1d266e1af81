import { ClaimCoreLine } from '@claimline/claims';
import { Conversations } from '@claimline/conversations';
import type { LoggedEvent, Transaction } from '@claimline/database';
import { leavesNow } from '@claimline/delivery';
import { ComplaintClocks, Complaints, demandsAction, Tasks } from '@claimline/quality';
import type { HandlingRules } from '../complaints/handling-rules';
import { monthOf } from '../complaints/month';
import type { ComplaintFactsView } from '../views/complaint-facts.view';
import type { FollowClocks } from './follow-clocks';

const ACTION_DUE_MS = 7 * 24 * 3_600_000;

/** The rooms that hear of it. */
export interface FollowedRooms {
  readonly conversations: Conversations;
  readonly complaints: Complaints;
  readonly clocks: ComplaintClocks;
  readonly tasks: Tasks;
  readonly core: ClaimCoreLine;
}

/** Watches what complaints wait for: an outcome that really left, a cause that came too often. */
export class FollowComplaint {
  constructor(
    private readonly rooms: FollowedRooms,
    private readonly facts: ComplaintFactsView,
    private readonly rules: HandlingRules,
    private readonly due: FollowClocks,
  ) {}

  /** The outcome has left: only now it counts, and its clock ends. */
  async onDeliveryChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    const { messageId, purpose } = event.payload;
    // An outcome is told by a person's letter; notices and automatic words are many, and none of them is one.
    if (purpose !== 'reply' || !leavesNow(event.payload) || !event.conversationId) return;
    const told = await this.rooms.complaints.byOutcome(tx, String(messageId));
    if (!told || told.outcomeSentAt) return;
    await this.rooms.conversations.lock(tx, event.conversationId);
    const complaint = (await this.rooms.complaints.lock(tx, told.id))!;
    if (complaint.outcomeMessageId !== messageId || complaint.outcomeSentAt) return;
    const { place } = (await this.facts.placeOf(tx, complaint.conversationId))!;
    const by = { id: null, at: event.at };
    const sent = await this.rooms.complaints.amend(tx, complaint, { outcomeSentAt: event.at }, { act: 'outcome-sent', by });
    await this.rooms.clocks.kept(tx, sent, place, { what: 'outcome', messageId: String(messageId), at: event.at });
    await this.due.renewDue(tx, complaint.conversationId);
  }

  /** A cause is named: the one complaint too many of a month puts an action on a supervisor's list, once. */
  async onComplaintChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    if (event.payload['act'] !== 'propose' || !event.conversationId) return;
    const complaint = await this.rooms.complaints.find(tx, String(event.payload['complaintId']));
    const at = complaint && (await this.facts.placeOf(tx, complaint.conversationId));
    if (!complaint?.rootCause || !at) return;
    const month = monthOf(complaint.receivedAt, at.place.brand.timeZone);
    const { actionFrom } = await this.rules.read(tx);
    const count = await this.facts.ofCauseInMonth(tx, complaint.rootCause, month);
    if (demandsAction([{ code: complaint.rootCause, count }], actionFrom, []).length === 0) return;
    const about = { conversationId: complaint.conversationId, against: complaint.against };
    await this.rooms.tasks.create(
      tx,
      {
        key: `corrective-action:${complaint.rootCause}:${month.name}`,
        kind: 'corrective-action',
        reason: 'complaint',
        params: { cause: complaint.rootCause, month: month.name, count },
        ownerId: (await this.facts.free(tx, 'supervisor', about)) ?? null,
        due: new Date(event.at.getTime() + ACTION_DUE_MS),
      },
      event.at,
    );
  }

  /** The claim core keeps the file: it hears how the complaint ended, without a word of what was said. */
  async onComplaintClosed(tx: Transaction, event: LoggedEvent): Promise<void> {
    const complaint = await this.rooms.complaints.find(tx, String(event.payload['complaintId']));
    const conversation = complaint && (await this.rooms.conversations.find(tx, complaint.conversationId));
    if (!complaint || !conversation) return;
    const { number, category, rootCause, agreement, regulator, score, reopened } = complaint;
    const data = {
      complaint: number,
      claimNumber: conversation.claim_number,
      category,
      rootCause,
      agreement,
      withRegulator: regulator !== null,
      score,
      reopened: reopened > 0,
      receivedAt: complaint.receivedAt.toISOString(),
      outcomeSentAt: complaint.outcomeSentAt?.toISOString() ?? null,
      closedAt: event.at.toISOString(),
    };
    await this.rooms.core.publish(tx, { type: 'complaint.closed', subject: conversation.claim_number ?? number, data }, event.at);
  }
}
