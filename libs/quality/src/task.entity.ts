import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Something that a person has to do by a time. */
@Entity('tasks')
export class TaskRecord {
  @PrimaryColumn('uuid') id!: string;
  /** Two tasks of one key are one, whoever makes them again. */
  @Column('text', { nullable: true }) key!: string | null;
  @Column('text') kind!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('jsonb') params!: Readonly<Record<string, unknown>>;
  @Column('uuid', { name: 'claim_id', nullable: true }) claimId!: string | null;
  @Column('text', { name: 'claim_number', nullable: true }) claimNumber!: string | null;
  @Column('uuid', { name: 'conversation_id', nullable: true }) conversationId!: string | null;
  @Column('uuid', { name: 'contact_id', nullable: true }) contactId!: string | null;
  @Column('uuid', { name: 'owner_id', nullable: true }) ownerId!: string | null;
  @Column('uuid', { name: 'team_id', nullable: true }) teamId!: string | null;
  @Column('timestamptz', { name: 'due_at' }) dueAt!: Date;
  @Column('text') state!: 'open' | 'done' | 'canceled';
  @Column('text', { nullable: true }) outcome!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'closed_by', nullable: true }) closedBy!: string | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null;
}
