import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The same done to many conversations by one person. */
@Entity('bulk_runs')
export class BulkRunEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: string;
  /** What is done: as it was asked for, with its words. */
  @Column('jsonb') act!: Readonly<Record<string, unknown>>;
  @Column('int') total!: number;
  @Column('text') state!: 'running' | 'finished' | 'canceled';
  /** The run that this one takes back. */
  @Column('uuid', { nullable: true }) undoes!: string | null;
  @Column('uuid') by!: string;
  @Column('timestamptz') at!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
}

/** One conversation of a run. */
@Entity('bulk_items')
export class BulkItemEntity {
  @PrimaryColumn('uuid', { name: 'run_id' }) runId!: string;
  @PrimaryColumn('int') place!: number;
  @Column('uuid', { name: 'conversation_id' }) conversationId!: string;
  @Column('text') state!: 'waiting' | 'done' | 'refused' | 'canceled';
  @Column('text', { nullable: true }) reason!: string | null;
  /** What it takes to undo it. */
  @Column('jsonb', { nullable: true }) before!: Readonly<Record<string, unknown>> | null;
  @Column('uuid', { name: 'message_id', nullable: true }) messageId!: string | null;
}
