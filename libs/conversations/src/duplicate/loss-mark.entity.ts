import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LossMarkKind } from './loss-marks';

/** A policy, plate or phone that a conversation is about. */
@Entity('loss_marks')
export class LossMarkEntity {
  @PrimaryColumn('text') kind!: LossMarkKind;
  @PrimaryColumn('text') value!: string;
  @PrimaryColumn('uuid', { name: 'conversation_id' }) conversationId!: string;
  @Column('timestamptz') at!: Date;
}

/** What a person says of two conversations: they are about the same loss, or they are not. The smaller id stands first. */
@Entity('duplicate_verdicts')
export class DuplicateVerdictEntity {
  @PrimaryColumn('uuid', { name: 'one_id' }) oneId!: string;
  @PrimaryColumn('uuid', { name: 'other_id' }) otherId!: string;
  @Column('text') verdict!: 'same' | 'different';
  @Column('uuid') by!: string;
  @Column('timestamptz') at!: Date;
}
