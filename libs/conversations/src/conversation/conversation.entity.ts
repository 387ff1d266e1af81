import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A conversation with one main contact about at most one claim. Carries what lists sort and rights ask by, so that one row answers. */
@Entity('conversations')
export class ConversationEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'contact_id' }) contactId!: string;
  @Column('uuid', { name: 'claim_id', nullable: true }) claimId!: string | null;
  @Column('text', { name: 'claim_number', nullable: true }) claimNumber!: string | null;
  @Column('uuid', { name: 'party_id', nullable: true }) partyId!: string | null;
  @Column('uuid', { name: 'brand_id' }) brandId!: string;
  @Column('uuid', { name: 'team_id', nullable: true }) teamId!: string | null;
  @Column('uuid', { name: 'assignee_id', nullable: true }) assigneeId!: string | null;
  /** The group that alone may see it. */
  @Column('text', { name: 'restricted_to', nullable: true }) restrictedTo!: string | null;
  /** `privileged`: a thread with our own counsel. */
  @Column('text') kind!: 'ordinary' | 'privileged';
  /** Who alone may see a privileged thread: `role:…` and `account:…`; written by the database itself. */
  @Column('text', { name: 'privileged_to', array: true, nullable: true }) privilegedTo!: string[] | null;
  @Column('text') status!: 'open' | 'snoozed' | 'resolved';
  @Column('timestamptz', { name: 'snoozed_until', nullable: true }) snoozedUntil!: Date | null;
  /** Waits for somebody to say which claim it belongs to. */
  @Column('boolean', { name: 'to_file' }) toFile!: boolean;
  @Column('text', { nullable: true }) subject!: string | null;
  @Column('text', { array: true }) labels!: string[];
  @Column('text', { nullable: true }) language!: string | null;
  @Column('uuid', { name: 'inbox_id', nullable: true }) inboxId!: string | null;
  @Column('text') channel!: string;
  /** Where the customer last wrote from. */
  @Column('uuid', { name: 'address_id', nullable: true }) addressId!: string | null;
  @Column('text') preview!: string;
  @Column('text', { name: 'preview_direction' }) previewDirection!: 'inbound' | 'outbound' | 'internal';
  @Column('boolean', { name: 'awaiting_reply' }) awaitingReply!: boolean;
  /** 0: somebody is hurt and waits. Computed by the database. */
  @Column({ type: 'int', insert: false, update: false }) urgency!: number;
  @Column('int', { name: 'message_count' }) messageCount!: number;
  @Column('int', { name: 'inbound_count' }) inboundCount!: number;
  @Column('timestamptz', { name: 'last_message_at' }) lastMessageAt!: Date;
  @Column('timestamptz', { name: 'last_inbound_at', nullable: true }) lastInboundAt!: Date | null;
  /** The nearest deadline of its clocks. */
  @Column('timestamptz', { name: 'next_due_at', nullable: true }) nextDueAt!: Date | null;
  @Column('text', { name: 'next_due_kind', nullable: true }) nextDueKind!: string | null;
  @Column('timestamptz', { name: 'opened_at' }) openedAt!: Date;
  @Column('timestamptz', { name: 'resolved_at', nullable: true }) resolvedAt!: Date | null;
  /** The resolved conversation that this one continues. */
  @Column('uuid', { name: 'linked_from', nullable: true }) linkedFrom!: string | null;
}

/** How far somebody has read. */
@Entity('conversation_reads')
export class ConversationReadEntity {
  @PrimaryColumn('uuid', { name: 'account_id' }) accountId!: string;
  @PrimaryColumn('uuid', { name: 'conversation_id' }) conversationId!: string;
  @Column('int') position!: number;
  @Column('int', { name: 'inbound_seen' }) inboundSeen!: number;
}

/** A reply or note that somebody has begun. */
@Entity('drafts')
export class DraftEntity {
  @PrimaryColumn('uuid', { name: 'account_id' }) accountId!: string;
  @PrimaryColumn('uuid', { name: 'conversation_id' }) conversationId!: string;
  @Column('text') text!: string;
  @Column('text') kind!: string;
  @Column('text', { nullable: true }) channel!: string | null;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
}
