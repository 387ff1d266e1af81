import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A dated time in which somebody does not work, and who stands in. */
@Entity('absences')
export class AbsenceRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('timestamptz', { name: 'starts_at' }) starts!: Date;
  /** Not part of it any more. */
  @Column('timestamptz', { name: 'ends_at' }) ends!: Date;
  @Column('uuid', { name: 'delegate_id', nullable: true }) delegateId!: string | null;
  /** When conversations that the delegate took go back. */
  @Column('text') returns!: 'immediately' | 'on-close' | 'never';
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'canceled_at', nullable: true }) canceledAt!: Date | null;
  /** When the work was moved; null: not yet. */
  @Column('timestamptz', { name: 'moved_at', nullable: true }) movedAt!: Date | null;
  /** When what was to go back went back. */
  @Column('timestamptz', { name: 'returned_at', nullable: true }) returnedAt!: Date | null;
}
