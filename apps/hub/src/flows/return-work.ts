import type { ConversationRow } from '@claimline/conversations';
import { Database, type LoggedEvent, type Transaction } from '@claimline/database';
import { AbsenceMoves, Absences, type AbsenceMove, type AbsenceRecord } from '@claimline/people';
import type { MoveGround } from './move-work';

/** What of the conversations that were moved goes back. */
type Which = (conversation: ConversationRow) => boolean;

const ALL: Which = () => true;
// Where a customer waits, the router gives it back when its adjuster is there and has room; who answers meanwhile keeps it.
const NOBODY_WAITS: Which = ({ awaiting_reply: waits, status }) => status !== 'open' || !waits;
const CLOSED: Which = ({ status }) => status === 'resolved';

/** Somebody is back: what stood in for them gives back what the policy says, and a mistake is undone in one step. */
export class ReturnWork {
  constructor(
    private readonly database: Database,
    private readonly absences: Absences,
    private readonly moves: AbsenceMoves,
    private readonly ground: MoveGround,
  ) {}

  /** An absence is over: what is to go back at once goes back, closed conversations where that is the policy, or nothing. */
  async end(absence: AbsenceRecord, now: Date): Promise<void> {
    if (absence.returns === 'immediately') await this.all(absence, NOBODY_WAITS, now);
    if (absence.returns === 'on-close') await this.database.transaction((tx) => this.conversations(tx, absence, CLOSED, now));
    await this.database.transaction((tx) => this.absences.returned(tx, absence, now));
  }

  /** It should never have been entered: everything that is still where it was moved to goes back, whatever the policy. */
  async undo(absence: AbsenceRecord, now: Date): Promise<void> {
    await this.all(absence, ALL, now);
    await this.database.transaction((tx) => this.absences.returned(tx, absence, now));
  }

  /** A conversation that stands with a delegate is done: where that is the policy, the next contact is its owner's again. */
  async onConversationResolved(tx: Transaction, event: LoggedEvent): Promise<void> {
    const move = event.conversationId ? await this.moves.ofConversation(tx, event.conversationId) : undefined;
    const absence = move && (await this.absences.find(tx, move.absenceId));
    if (!absence || absence.returns !== 'on-close' || !isOver(absence, event.at)) return;
    await this.conversation(tx, move, CLOSED, event.at);
  }

  private async all(absence: AbsenceRecord, which: Which, now: Date): Promise<void> {
    await this.database.transaction((tx) => this.conversations(tx, absence, which, now));
    await this.database.transaction((tx) => this.scheduled(tx, absence, now));
    await this.database.transaction((tx) => this.tasks(tx, absence, now));
  }

  private async conversations(tx: Transaction, absence: AbsenceRecord, which: Which, now: Date): Promise<void> {
    const moves = [...(await this.moves.out(tx, absence.id, 'conversation')), ...(await this.moves.out(tx, absence.id, 'snooze'))];
    await this.ground.conversations.lockAll(
      tx,
      moves.map(({ itemId }) => itemId),
    );
    for (const move of moves) await this.conversation(tx, move, which, now);
  }

  private async conversation(tx: Transaction, move: AbsenceMove, which: Which, now: Date): Promise<void> {
    const row = await this.ground.conversations.lock(tx, move.itemId);
    if (!row || !which(row)) return;
    await this.moves.setReturned(tx, move, now);
    // Somebody has taken it meanwhile: it is theirs.
    if (row.assignee_id !== move.toId) return;
    const facts = (await this.ground.facts.of(tx, row.id, now))!;
    const back = await this.ground.handOver.give(tx, facts, {
      among: [move.fromId],
      standIn: null,
      ring: 'assignee',
      reason: { code: 'returned', params: { account: move.fromId } },
      now,
    });
    if (back) await this.ground.place.assign(tx, row.id, back, { actorId: null, cause: 'returned', now });
  }

  private async scheduled(tx: Transaction, absence: AbsenceRecord, now: Date): Promise<void> {
    for (const move of await this.moves.out(tx, absence.id, 'scheduled')) {
      const known = await this.ground.scheduled.find(tx, move.itemId);
      if (known) await this.ground.conversations.lock(tx, known.conversationId);
      const send = await this.ground.scheduled.pending(tx, move.itemId);
      if (send?.ownerId === move.toId) await this.ground.scheduled.own(tx, move.itemId, move.fromId, now);
      await this.moves.setReturned(tx, move, now);
    }
  }

  private async tasks(tx: Transaction, absence: AbsenceRecord, now: Date): Promise<void> {
    for (const move of await this.moves.out(tx, absence.id, 'task')) {
      const task = await this.ground.tasks.find(tx, move.itemId);
      if (task?.conversationId) await this.ground.conversations.lock(tx, task.conversationId);
      if (task?.state === 'open' && task.ownerId === move.toId) await this.ground.tasks.own(tx, move.itemId, move.fromId, now);
      await this.moves.setReturned(tx, move, now);
    }
  }
}

const isOver = ({ canceledAt, ends }: AbsenceRecord, at: Date): boolean => canceledAt !== null || ends <= at;
