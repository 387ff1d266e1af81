import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ClockState, Pause } from './clock';
import type { Calendar } from './calendar';
import type { ClockTerms } from './clock-policy';

/** What a clock keeps of its policy and calendar from the moment it starts. */
export type FrozenTerms = ClockTerms & { readonly calendar: Calendar };

/** A clock as it is stored. */
@Entity('clocks')
export class ClockRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') policy!: string;
  @Column('jsonb', { name: 'policy_terms' }) policyTerms!: FrozenTerms;
  @Column('uuid', { name: 'calendar_id', nullable: true }) calendarId!: string | null;
  @Column('uuid', { name: 'conversation_id', nullable: true }) conversationId!: string | null;
  @Column('uuid', { name: 'claim_id', nullable: true }) claimId!: string | null;
  /** The message or claim event that started it. */
  @Column('jsonb', { name: 'started_by' }) startedBy!: Readonly<Record<string, string>>;
  @Column('timestamptz', { name: 'started_at' }) startedAt!: Date;
  @Column('timestamptz') deadline!: Date;
  @Column('timestamptz', { name: 'warn_at', nullable: true }) warnAt!: Date | null;
  @Column('text') state!: ClockState['state'];
  @Column('boolean') warned!: boolean;
  @Column('timestamptz', { name: 'paused_at', nullable: true }) pausedAt!: Date | null;
  @Column('text', { name: 'pause_evidence', nullable: true }) pauseEvidence!: string | null;
  @Column('jsonb') pauses!: readonly Pause[];
  @Column('timestamptz', { name: 'breached_at', nullable: true }) breachedAt!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('jsonb', { name: 'ended_by', nullable: true }) endedBy!: Readonly<Record<string, string>> | null;
}

/** A clock with its place in the world. */
export interface StoredClock extends ClockState {
  readonly id: string;
  readonly calendarId: string | null;
  readonly conversationId: string | null;
  readonly claimId: string | null;
  readonly startedBy: Readonly<Record<string, string>>;
}

export function toClock({ policyTerms, ...record }: ClockRecord): StoredClock {
  const { calendar, ...terms } = policyTerms;
  return { ...record, terms, calendar };
}
