import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One entry of a thread. The order is (`occurred_at`, `id`). */
@Entity('messages')
export class MessageEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'conversation_id' }) conversationId!: string;
  /** Counts the entries of the conversation as they were stored. */
  @Column('int') seq!: number;
  @Column('text') direction!: 'inbound' | 'outbound' | 'internal';
  @Column('text') kind!: 'text' | 'note' | 'call' | 'letter' | 'visit' | 'notice';
  @Column('text', { nullable: true }) channel!: string | null;
  @Column('uuid', { name: 'inbox_id', nullable: true }) inboxId!: string | null;
  @Column('text', { name: 'from_value', nullable: true }) fromValue!: string | null;
  @Column('text', { name: 'from_name', nullable: true }) fromName!: string | null;
  @Column('uuid', { name: 'from_address_id', nullable: true }) fromAddressId!: string | null;
  @Column('text', { name: 'to_values', array: true }) toValues!: string[];
  @Column('text', { name: 'cc_values', array: true }) ccValues!: string[];
  @Column('text', { nullable: true }) subject!: string | null;
  @Column('text') text!: string;
  /** What a mail repeats of earlier ones; folded, never lost. */
  @Column('text', { nullable: true }) quoted!: string | null;
  /** Who of us wrote it. */
  @Column('uuid', { name: 'author_id', nullable: true }) authorId!: string | null;
  /** The notice it tells; one message at most per notice. */
  @Column('uuid', { name: 'notice_id', nullable: true }) noticeId!: string | null;
  /** The sender's own id, so that a repeated send is one message. */
  @Column('text', { name: 'client_id', nullable: true }) clientId!: string | null;
  @Column('jsonb', { nullable: true }) facts!: Readonly<Record<string, unknown>> | null;
  @Column('boolean', { name: 'has_original' }) hasOriginal!: boolean;
  /** The provider's time, clamped to the seven days before it was received. */
  @Column('timestamptz', { name: 'occurred_at' }) occurredAt!: Date;
  @Column('timestamptz', { name: 'received_at' }) receivedAt!: Date;
}

/** The body as it came, sealed: a removed row or key erases it. */
@Entity('message_originals')
export class MessageOriginalEntity {
  @PrimaryColumn('uuid', { name: 'message_id' }) messageId!: string;
  @Column('text', { name: 'key_id' }) keyId!: string;
  @Column('bytea') sealed!: Buffer;
}

/** A provider id by which an answer names the message it answers. */
@Entity('message_references')
export class MessageReferenceEntity {
  @PrimaryColumn('text') reference!: string;
  @PrimaryColumn('uuid', { name: 'inbox_id' }) inboxId!: string;
  @Column('uuid', { name: 'message_id' }) messageId!: string;
  @Column('uuid', { name: 'conversation_id' }) conversationId!: string;
}
