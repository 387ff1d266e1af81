import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an absence moves. A promise ("next step by") stays with its claim and is shown at whoever stands in. */
export const MOVED_KINDS = ['conversation', 'snooze', 'scheduled', 'task'] as const;
export type MovedKind = (typeof MOVED_KINDS)[number];

/** One thing that went from an absent person to somebody else, so that it can go back. */
@Entity('absence_moves')
export class AbsenceMove {
  @PrimaryColumn('uuid', { name: 'absence_id' }) absenceId!: string;
  @PrimaryColumn('text') kind!: MovedKind;
  /** Of the conversation, the task or the reply that leaves later. */
  @PrimaryColumn('uuid', { name: 'item_id' }) itemId!: string;
  @Column('uuid', { name: 'from_id' }) fromId!: string;
  /** Null: to everybody, there was nobody to stand in. */
  @Column('uuid', { name: 'to_id', nullable: true }) toId!: string | null;
  @Column('timestamptz') at!: Date;
  @Column('timestamptz', { name: 'returned_at', nullable: true }) returnedAt!: Date | null;
}
