import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A file of a message, or the promise of one: the vendor may hand it over later. */
@Entity('attachments')
export class AttachmentEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'message_id', nullable: true }) messageId!: string | null;
  @Column('uuid', { name: 'conversation_id', nullable: true }) conversationId!: string | null;
  @Column('int') place!: number;
  @Column('uuid', { name: 'file_id', nullable: true }) fileId!: string | null;
  @Column('uuid', { name: 'inbox_id', nullable: true }) inboxId!: string | null;
  @Column('jsonb', { nullable: true }) media!: Readonly<Record<string, unknown>> | null;
  @Column('text') name!: string;
  @Column('text', { name: 'content_type' }) contentType!: string;
  @Column('bigint', { nullable: true }) size!: string | null;
  /** Seconds. */
  @Column('int', { nullable: true }) duration!: number | null;
  @Column('text', { nullable: true }) transcript!: string | null;
  /** The Content-ID by which a mail shows it in its text (RFC 2392). */
  @Column('text', { name: 'content_id', nullable: true }) contentId!: string | null;
  @Column('text') state!: 'pending' | 'stored' | 'failed' | 'quarantined';
  @Column('text', { nullable: true }) problem!: string | null;
  @Column('int') attempts!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
