import { Conversations } from '@claimline/conversations';
import { Database, type LoggedEvent, type Transaction } from '@claimline/database';
import type { Log } from '@claimline/messages';
import { Clocks, type Answer } from '@claimline/quality';
import { ClockFactsView } from '../views/clock-facts.view';
import { oneByOne } from './one-by-one';

/** Starts and ends service clocks as things happen, and tells when they warn or breach. The inbox sorts by what is due next. */
export class FollowClocks {
  readonly name = 'clocks';

  constructor(
    private readonly database: Database,
    private readonly conversations: Conversations,
    private readonly facts: ClockFactsView,
    private readonly clocks: Clocks,
    readonly log: Log,
  ) {}

  async onMessageReceived(tx: Transaction, event: LoggedEvent): Promise<void> {
    // A letter waited in the house before it was filed: its clock counts from the day of its stamp.
    const { statedAt } = event.payload;
    await this.happened(tx, event, typeof statedAt === 'string' ? new Date(statedAt) : event.at);
  }

  /** A loss was recognised in what the customer wrote: its clock counts from those words, not from the recognition. */
  async onConversationLabeled(tx: Transaction, event: LoggedEvent): Promise<void> {
    await this.happened(tx, event, null);
  }

  /** The claim is known, and with it which law applies. */
  async onConversationLinked(tx: Transaction, event: LoggedEvent): Promise<void> {
    await this.happened(tx, event, null);
  }

  async onMessageSent(tx: Transaction, event: LoggedEvent): Promise<void> {
    await this.answered(tx, event, await this.facts.answer(tx, String(event.payload['messageId']), event.at));
  }

  /** A note of a conversation by phone is in the file: from now on it counts as an acknowledgement. */
  async onMessageNoted(tx: Transaction, event: LoggedEvent): Promise<void> {
    const spoken = event.conversationId ? await this.facts.spoken(tx, event.conversationId) : undefined;
    if (spoken) await this.answered(tx, event, spoken);
  }

  /** Somebody of ours has spoken with the customer. */
  async onCallChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    const { phase, messageId } = event.payload;
    if (phase !== 'answered') return;
    await this.answered(tx, event, {
      at: event.at,
      messageId: String(messageId),
      by: 'person',
      written: false,
      noted: false,
      acknowledges: false,
    });
  }

  async onConversationResolved(tx: Transaction, event: LoggedEvent): Promise<void> {
    const id = event.conversationId;
    if (!id || !(await this.conversations.lock(tx, id))) return;
    await this.clocks.resolved(tx, id, event.at);
    await this.renewDue(tx, id);
  }

  /** The claim core has a new report: it has to be acknowledged, on whatever channel it came. */
  async onClaimChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    const { stage, previousStage, claimNumber } = event.payload;
    if (stage !== 'reported' || previousStage !== null) return;
    const claim = await this.facts.ofClaim(tx, String(claimNumber));
    if (claim)
      await this.clocks.happened(
        tx,
        claim.place,
        { ...claim.occasion, at: event.at },
        { claimEvent: String(event.payload['claimEventId']) },
      );
  }

  async sweep(now: Date): Promise<number> {
    const due = await this.clocks.due(this.database, now);
    return oneByOne(due, this, ({ id, conversationId }) =>
      this.database.transaction(async (tx) => {
        if (conversationId) await this.conversations.lock(tx, conversationId);
        await this.clocks.look(tx, id, now);
      }),
    );
  }

  /** Writes what is due next in a conversation, whose row the caller holds. */
  async renewDue(tx: Transaction, conversationId: string): Promise<void> {
    const row = await this.conversations.lock(tx, conversationId);
    const due = await this.clocks.nextDue(tx, conversationId);
    // Most of what happens moves no deadline, and a row that is not written keeps its place in every list's index.
    const stands = row?.next_due_at?.getTime() === due?.at.getTime() && row?.next_due_kind === (due?.kind ?? null);
    if (!stands) await this.conversations.setNextDue(tx, conversationId, due);
  }

  private async happened(tx: Transaction, event: LoggedEvent, at: Date | null): Promise<void> {
    const id = event.conversationId;
    if (!id || !(await this.conversations.lock(tx, id))) return;
    const facts = (await this.facts.of(tx, id))!;
    const occasion = { ...facts.occasion, at: at ?? facts.lastInboundAt ?? event.at };
    await this.clocks.happened(tx, facts.place, occasion, { event: event.id });
    await this.renewDue(tx, id);
  }

  private async answered(tx: Transaction, event: LoggedEvent, answer: Answer): Promise<void> {
    const id = event.conversationId;
    if (!id || !(await this.conversations.lock(tx, id))) return;
    const facts = (await this.facts.of(tx, id))!;
    await this.clocks.answered(tx, facts.place, answer);
    await this.renewDue(tx, id);
  }
}
