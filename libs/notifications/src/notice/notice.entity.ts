import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One thing to tell one party about a claim, with how, or why not. */
@Entity('notices')
export class NoticeEntity {
  @PrimaryColumn('uuid') id!: string;
  /** Two plans of one key are one notice. */
  @Column('text') key!: string;
  @Column('text') code!: string;
  @Column('text') class!: string;
  @Column('uuid', { name: 'claim_id' }) claimId!: string;
  @Column('text', { name: 'claim_number' }) claimNumber!: string;
  @Column('uuid', { name: 'claim_event_id' }) claimEventId!: string;
  @Column('uuid', { name: 'exposure_id', nullable: true }) exposureId!: string | null;
  @Column('uuid', { name: 'party_id', nullable: true }) partyId!: string | null;
  @Column('uuid', { name: 'contact_id', nullable: true }) contactId!: string | null;
  @Column('uuid', { name: 'conversation_id', nullable: true }) conversationId!: string | null;
  @Column('uuid', { name: 'message_id', nullable: true }) messageId!: string | null;
  @Column('text', { nullable: true }) language!: string | null;
  @Column('int', { name: 'template_version', nullable: true }) templateVersion!: number | null;
  @Column('text') state!: 'planned' | 'sending' | 'told' | 'not-sent';
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('jsonb') plan!: unknown;
  /** Which way of the plan is tried. */
  @Column('int') step!: number;
  @Column('timestamptz', { name: 'held_until', nullable: true }) heldUntil!: Date | null;
  @Column('timestamptz', { name: 'digest_until', nullable: true }) digestUntil!: Date | null;
  /** Why this party, this text and this way. */
  @Column('jsonb') trace!: unknown;
  @Column('timestamptz', { name: 'occurred_at' }) occurredAt!: Date;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
}
