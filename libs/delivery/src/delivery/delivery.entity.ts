import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A message on its way to one recipient address: one row per attempt. */
@Entity('deliveries')
export class DeliveryEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'message_id' }) messageId!: string;
  @Column('uuid', { name: 'conversation_id' }) conversationId!: string;
  @Column('uuid', { name: 'inbox_id' }) inboxId!: string;
  @Column('text') channel!: string;
  @Column('uuid', { name: 'address_id', nullable: true }) addressId!: string | null;
  @Column('text', { name: 'to_value' }) toValue!: string;
  @Column('int') attempt!: number;
  @Column('text') purpose!: 'reply' | 'notice' | 'automatic' | 'broadcast';
  @Column('int') priority!: number;
  @Column('text') state!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text', { name: 'vendor_code', nullable: true }) vendorCode!: string | null;
  @Column('text', { name: 'external_id', nullable: true }) externalId!: string | null;
  @Column('jsonb', { nullable: true }) template!: Readonly<Record<string, unknown>> | null;
  @Column('text', { nullable: true }) privacy!: string | null;
  /** The delivery whose failure made this one. */
  @Column('uuid', { name: 'fallback_of', nullable: true }) fallbackOf!: string | null;
  @Column('timestamptz', { name: 'due_at' }) dueAt!: Date;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  /** How often it was handed to the vendor. */
  @Column('int') tries!: number;
  /** How often the vendor was asked what became of it. */
  @Column('int') asks!: number;
  /** Passed while sending: nobody knows whether it left, so it becomes uncertain. */
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil!: Date | null;
  @Column('uuid', { name: 'lease_holder', nullable: true }) leaseHolder!: string | null;
  @Column('timestamptz', { name: 'first_tried_at', nullable: true }) firstTriedAt!: Date | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
}

/** A vendor's report that came before the id it speaks of was stored. */
@Entity('delivery_reports')
export class DeliveryReportEntity {
  @PrimaryColumn('uuid', { name: 'inbox_id' }) inboxId!: string;
  @PrimaryColumn('text', { name: 'external_id' }) externalId!: string;
  @PrimaryColumn('text') state!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text', { name: 'vendor_code', nullable: true }) vendorCode!: string | null;
  @Column('timestamptz') at!: Date;
}
