import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Returns } from './adjuster';
import type { Needs } from './needs';
import type { Work } from './work';

/** A conversation that waits for an adjuster or has one. At most one that is not done exists per conversation. */
@Entity('work_items')
export class WorkItem {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'conversation_id' }) conversationId!: string;
  @Column('text') state!: 'waiting' | 'reserved' | 'done';
  @Column('text') work!: Work;
  /** What it takes while the customer waits. */
  @Column('int') units!: number;
  /** What it takes now: nothing while it waits, is interrupted, or the customer has gone quiet. */
  @Column('int', { name: 'units_held' }) unitsHeld!: number;
  @Column('int') priority!: number;
  @Column('jsonb') needs!: Needs;
  /** The place in the queue, see `placeOf`. */
  @Column('timestamptz') place!: Date;
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt!: Date | null;
  @Column('uuid', { name: 'account_id', nullable: true }) accountId!: string | null;
  /** The absent person whose delegate has it, and when it goes back. */
  @Column('uuid', { name: 'stands_in_for', nullable: true }) standsInFor!: string | null;
  @Column('text', { nullable: true }) returns!: Returns | null;
  /** When the customer began to wait. Kept when it is offered again, so that nobody loses their turn. */
  @Column('timestamptz', { name: 'enqueued_at' }) enqueuedAt!: Date;
  @Column('timestamptz', { name: 'ring_since' }) ringSince!: Date;
  @Column('timestamptz', { name: 'next_ring_at', nullable: true }) nextRingAt!: Date | null;
  @Column('timestamptz', { name: 'reserved_at', nullable: true }) reservedAt!: Date | null;
  /** When we last answered; null while the customer waits. */
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt!: Date | null;
  @Column('uuid', { name: 'interrupted_by', nullable: true }) interruptedBy!: string | null;
  @Column('timestamptz', { name: 'done_at', nullable: true }) doneAt!: Date | null;
}

/** The columns of a work item under the names of its class. */
export const WORK_ITEM_COLUMNS = `
  work_items.id, work_items.conversation_id AS "conversationId", work_items.state, work_items.work, work_items.units,
  work_items.units_held AS "unitsHeld", work_items.priority, work_items.needs, work_items.place, work_items.due_at AS "dueAt",
  work_items.account_id AS "accountId", work_items.stands_in_for AS "standsInFor", work_items.returns,
  work_items.enqueued_at AS "enqueuedAt", work_items.ring_since AS "ringSince", work_items.next_ring_at AS "nextRingAt",
  work_items.reserved_at AS "reservedAt", work_items.answered_at AS "answeredAt", work_items.interrupted_by AS "interruptedBy",
  work_items.done_at AS "doneAt"`;
