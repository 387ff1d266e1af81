import type { Queries, Transaction } from '@claimline/database';
import type { Returns } from './adjuster';
import { HOLD, RELEASE, RESERVE, RESERVE_AMONG, TAKE } from './reservation.repository';
import { WORK_ITEM_COLUMNS, type WorkItem } from './work-item.entity';
import type { Work } from './work';

/** A conversation that comes to the router, for the first time or again. */
export type NewWork = Pick<WorkItem, 'id' | 'conversationId' | 'work' | 'units' | 'priority' | 'needs' | 'place' | 'dueAt' | 'enqueuedAt'>;

const columns = WORK_ITEM_COLUMNS;

/** Work items and their reservation. The caller has locked the conversation's row. */
export class WorkItems {
  /** Puts a conversation into the queue, or renews what is known of it where it is there already. */
  async put(tx: Transaction, work: NewWork): Promise<WorkItem & { readonly isNew: boolean }> {
    const [item] = await tx.query<WorkItem & { isNew: boolean }>({
      name: 'work-put',
      text: `INSERT INTO work_items (id, conversation_id, state, work, units, priority, needs, place, due_at, enqueued_at, ring_since)
             VALUES ($1, $2, 'waiting', $3, $4, $5, $6, $7, $8, $9, $9)
             ON CONFLICT (conversation_id) WHERE state <> 'done' DO UPDATE SET
               work = excluded.work, units = excluded.units, needs = excluded.needs, due_at = excluded.due_at, answered_at = NULL,
               priority = greatest(work_items.priority, excluded.priority), place = least(work_items.place, excluded.place)
             RETURNING ${columns}, xmax = 0 AS "isNew"`,
      values: [
        work.id,
        work.conversationId,
        work.work,
        work.units,
        work.priority,
        JSON.stringify(work.needs),
        work.place,
        work.dueAt,
        work.enqueuedAt,
      ],
    });
    return item!;
  }

  /** The item of a conversation that is not done, locked. */
  async open(tx: Transaction, conversationId: string): Promise<WorkItem | undefined> {
    const text = `SELECT ${columns} FROM work_items WHERE conversation_id = $1 AND state <> 'done' FOR UPDATE`;
    const [item] = await tx.query<WorkItem>({ name: 'work-open', text, values: [conversationId] });
    return item;
  }

  /**
   * Takes the item and an adjuster's load, both or neither, in one statement; answers whose it is. Undefined when somebody else was faster:
   * the item is taken, or none of those named is there with room and as loaded as was believed. Then the choice is to be made again.
   */
  async reserve(tx: Transaction, reservation: Reservation): Promise<string | undefined> {
    const { itemId, among, now, interrupts, standIn } = reservation;
    const statement = among.length > 1 ? { name: 'work-reserve-among', text: RESERVE_AMONG } : { name: 'work-reserve', text: RESERVE };
    const ids = among.map(({ accountId }) => accountId);
    const values = [itemId, ids, now, among.map(({ seen }) => seen), interrupts, standIn?.for ?? null, standIn?.returns ?? null];
    const [row] = await tx.query<{ accountId: string }>({ ...statement, values });
    return row?.accountId;
  }

  /** Gives an item to somebody because a person said so: their capacity is overfilled if need be. */
  async take(tx: Transaction, itemId: string, accountId: string, now: Date): Promise<void> {
    await tx.query({ name: 'work-take', text: TAKE, values: [itemId, accountId, now] });
  }

  /** Writes for whom its adjuster stands in and when it goes back; null: it is their own. */
  async setStandIn(tx: Transaction, itemId: string, standIn: { readonly for: string; readonly returns: Returns } | null): Promise<void> {
    const text = 'UPDATE work_items SET stands_in_for = $2, returns = $3 WHERE id = $1';
    await tx.query({ name: 'work-stand-in', text, values: [itemId, standIn?.for ?? null, standIn?.returns ?? null] });
  }

  /** Takes the units of a reserved item again, when the customer has answered; false while the adjuster has no room for them. */
  async hold(tx: Transaction, itemId: string, now: Date): Promise<boolean> {
    return (await tx.query({ name: 'work-hold', text: HOLD, values: [itemId, now] })).length > 0;
  }

  /** Returns the units. The item stays with its adjuster (`reserved`), goes back to the queue (`waiting`), or is `done`. */
  async release(tx: Transaction, itemId: string, to: { state: WorkItem['state']; now: Date; ringSince?: Date }): Promise<void> {
    await tx.query({ name: 'work-release', text: RELEASE, values: [itemId, to.state, to.now, to.ringSince ?? to.now] });
  }

  async setNextRing(tx: Transaction, itemId: string, at: Date | null): Promise<void> {
    await tx.query({ name: 'work-next-ring', text: 'UPDATE work_items SET next_ring_at = $2 WHERE id = $1', values: [itemId, at] });
  }

  /** We have answered: from now on the customer's silence counts. */
  async setAnswered(tx: Transaction, itemId: string, at: Date): Promise<void> {
    await tx.query({ name: 'work-answered', text: 'UPDATE work_items SET answered_at = $2 WHERE id = $1', values: [itemId, at] });
  }

  /** A page of the queue in order. */
  async waiting(queries: Queries, after: Pick<WorkItem, 'place' | 'id'> | null, limit: number): Promise<WorkItem[]> {
    return await queries.query<WorkItem>({
      name: 'work-waiting',
      text: `SELECT ${columns} FROM work_items WHERE state = 'waiting' AND ($1::timestamptz IS NULL OR (place, id) > ($1, $2::uuid)) ORDER BY place, id LIMIT $3`,
      values: [after?.place ?? null, after?.id ?? null, limit],
    });
  }

  /** Items of that work whose customers have been quiet since before `since`. */
  async quiet(queries: Queries, work: Work, since: Date, limit: number): Promise<WorkItem[]> {
    return await queries.query<WorkItem>({
      name: 'work-quiet',
      text: `SELECT ${columns} FROM work_items WHERE state = 'reserved' AND units_held > 0 AND answered_at <= $2 AND work = $1 ORDER BY answered_at LIMIT $3`,
      values: [work, since, limit],
    });
  }

  /**
   * Items whose customers wait for somebody who is absent (`absent`), or was there when they got it and has gone offline since.
   * What a person gave to a colleague who was not there is meant to wait for them.
   */
  async stranded(
    queries: Queries,
    absent: readonly string[],
    limit: number,
  ): Promise<(WorkItem & { readonly offlineSince: Date | null })[]> {
    return await queries.query<WorkItem & { offlineSince: Date | null }>({
      name: 'work-stranded',
      text: `SELECT ${columns}, CASE WHEN adjusters.presence = 'offline' AND adjusters.presence_since > work_items.reserved_at THEN adjusters.presence_since END AS "offlineSince"
             FROM work_items JOIN adjusters USING (account_id)
             WHERE work_items.state = 'reserved' AND work_items.answered_at IS NULL AND (work_items.account_id = ANY($1::uuid[]) OR (adjusters.presence = 'offline' AND adjusters.presence_since > work_items.reserved_at))
             ORDER BY work_items.place, work_items.id LIMIT $2`,
      values: [absent, limit],
    });
  }

  /** Items that a delegate holds for somebody who wants them back at once, is no longer among the absent, is there and has room. */
  async returning(queries: Queries, absent: readonly string[], limit: number): Promise<WorkItem[]> {
    return await queries.query<WorkItem>({
      name: 'work-returning',
      text: `SELECT ${columns} FROM work_items JOIN adjusters AS owner ON owner.account_id = work_items.stands_in_for
             WHERE work_items.state = 'reserved' AND work_items.returns = 'immediately' AND NOT work_items.stands_in_for = ANY($1::uuid[])
               AND owner.presence = 'online' AND owner.used + work_items.units <= owner.capacity ORDER BY work_items.place, work_items.id LIMIT $2`,
      values: [absent, limit],
    });
  }

  /** Reserved items without units whose customers wait: their adjuster had no room when the answer came. */
  async starved(queries: Queries, limit: number): Promise<WorkItem[]> {
    return await queries.query<WorkItem>({
      name: 'work-starved',
      text: `SELECT ${columns} FROM work_items JOIN adjusters USING (account_id)
             WHERE work_items.state = 'reserved' AND units_held = 0 AND units > 0 AND answered_at IS NULL AND interrupted_by IS NULL
               AND adjusters.used + units <= adjusters.capacity ORDER BY place, work_items.id LIMIT $1`,
      values: [limit],
    });
  }
}

/** Who may take what, on which figures. */
export interface Reservation {
  readonly itemId: string;
  /** In order of preference; `seen` are the units that were taken when they were chosen, null: any that leave room. */
  readonly among: readonly { readonly accountId: string; readonly seen: number | null }[];
  readonly now: Date;
  /** Kinds of work that this one pushes aside. */
  readonly interrupts: readonly Work[];
  readonly standIn: { readonly for: string; readonly returns: Returns } | null;
}
