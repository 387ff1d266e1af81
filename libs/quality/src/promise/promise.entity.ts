import { Column, Entity, PrimaryColumn } from 'typeorm';

/** "Next step by": what a customer was told to expect, and by when. */
@Entity('promises')
export class PromiseRecord {
  @PrimaryColumn('uuid') id!: string;
  /** Two promises of one key are one. */
  @Column('text', { nullable: true }) key!: string | null;
  /** The step, as a code of the claim core or in the words of whoever promised it. */
  @Column('text') step!: string;
  @Column('text') source!: 'claim-core' | 'person';
  @Column('uuid', { name: 'claim_id', nullable: true }) claimId!: string | null;
  @Column('text', { name: 'claim_number', nullable: true }) claimNumber!: string | null;
  @Column('uuid', { name: 'conversation_id', nullable: true }) conversationId!: string | null;
  @Column('uuid', { name: 'contact_id', nullable: true }) contactId!: string | null;
  @Column('uuid', { name: 'owner_id', nullable: true }) ownerId!: string | null;
  @Column('timestamptz', { name: 'due_at' }) dueAt!: Date;
  /** `broken` stays broken, also when it is kept late: then `settledAt` says when. */
  @Column('text') state!: 'open' | 'kept' | 'broken' | 'canceled';
  @Column('timestamptz', { name: 'breached_at', nullable: true }) breachedAt!: Date | null;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'settled_by', nullable: true }) settledBy!: string | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
}
