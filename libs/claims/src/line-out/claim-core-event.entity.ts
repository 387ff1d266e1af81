import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where an event for the claim core stands: `to-be-pulled` where no address was set when it happened. */
export type ClaimCoreState = 'due' | 'delivered' | 'failed' | 'to-be-pulled';

/** Something that the claim core is told, and how the telling went. What is said is sealed: it holds names and addresses. */
@Entity('claim_core_events')
export class ClaimCoreEventEntity {
  @PrimaryColumn('uuid') id!: string;
  /** Its place in the log, ascending; null for the moment until it has one. */
  @Column('bigint', { nullable: true }) position!: string | null;
  @Column('text') type!: string;
  @Column('text') subject!: string;
  @Column('text', { name: 'key_id' }) keyId!: string;
  @Column('bytea') sealed!: Buffer;
  @Column('text') state!: ClaimCoreState;
  @Column('int') attempts!: number;
  @Column('int', { name: 'last_status', nullable: true }) lastStatus!: number | null;
  @Column('text', { nullable: true }) problem!: string | null;
  @Column('timestamptz', { name: 'tried_at', nullable: true }) triedAt!: Date | null;
  @Column('timestamptz', { name: 'delivered_at', nullable: true }) deliveredAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
