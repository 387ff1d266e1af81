import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Audience, BroadcastState } from './broadcast';

/** The same words to many. */
@Entity('broadcasts')
export class BroadcastEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text') template!: string;
  @Column('uuid', { name: 'brand_id' }) brandId!: string;
  @Column('jsonb') audience!: Audience;
  @Column('int', { name: 'per_hour' }) perHour!: number;
  @Column('boolean', { name: 'any_hour' }) anyHour!: boolean;
  @Column('text') state!: BroadcastState;
  @Column('uuid', { name: 'created_by' }) createdBy!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'approved_by', nullable: true }) approvedBy!: string | null;
  @Column('timestamptz', { name: 'approved_at', nullable: true }) approvedAt!: Date | null;
  @Column('timestamptz', { name: 'paced_from', nullable: true }) pacedFrom!: Date | null;
  @Column('int', { name: 'paced_count' }) pacedCount!: number;
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
}

/** Somebody who is to hear it, once. */
@Entity('broadcast_recipients')
export class BroadcastRecipientEntity {
  @PrimaryColumn('uuid', { name: 'broadcast_id' }) broadcastId!: string;
  @PrimaryColumn('int') place!: number;
  /** Null: nobody knows how to reach this party. */
  @Column('uuid', { name: 'contact_id', nullable: true }) contactId!: string | null;
  @Column('text', { name: 'claim_number' }) claimNumber!: string;
  @Column('uuid', { name: 'party_id' }) partyId!: string;
  @Column('text') state!: 'waiting' | 'sent' | 'not-told' | 'canceled';
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('uuid', { name: 'message_id', nullable: true }) messageId!: string | null;
  @Column('uuid', { name: 'conversation_id', nullable: true }) conversationId!: string | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
}
