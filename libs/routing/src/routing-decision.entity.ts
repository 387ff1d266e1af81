import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Candidate, Decision } from './choose-adjuster';

/** What of a decision is kept for ever: who was left out (at most fifty) and who was compared (at most twenty). */
export interface Trace {
  readonly reasons: Decision['reasons'];
  readonly excluded: Decision['excluded'];
  readonly candidates: readonly Candidate[];
  /** Opening times as ISO 8601. */
  readonly rings: readonly { readonly ring: string; readonly opensAt: string; readonly members: number }[];
  readonly nextRingAt: string | null;
}

/** Why whom: one row for every choice, and one for every time nobody could be chosen. */
@Entity('routing_decisions')
export class RoutingDecisionRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'conversation_id' }) conversationId!: string;
  @Column('uuid', { name: 'work_item_id', nullable: true }) workItemId!: string | null;
  /** What made the router look: `arrived`, `presence`, `capacity`, `timer`, `handler-changed`, `linked`, `absence`, `stranded`, `returned`, `person`. */
  @Column('text') cause!: string;
  /** A ring, `by-hand` or `queued`. */
  @Column('text') ring!: string;
  @Column('uuid', { name: 'chosen_id', nullable: true }) chosenId!: string | null;
  @Column('jsonb') trace!: Trace;
  @Column('timestamptz') at!: Date;
}
