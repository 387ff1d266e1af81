import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A browser that chats through the widget. Only the hash of its token is kept. */
@Entity('visitors')
export class VisitorEntity {
  @PrimaryColumn('text') id!: string;
  @Column('uuid', { name: 'inbox_id' }) inboxId!: string;
  @Column('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  /** The signed identity that the website vouched for. */
  @Column('text', { name: 'user_id', nullable: true }) userId!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'seen_at' }) seenAt!: Date;
  /** The last message of ours that the visitor has seen. */
  @Column('int', { name: 'read_seq' }) readSeq!: number;
}

/** A message at its place in a visitor's thread. */
@Entity('visitor_messages')
export class VisitorMessageEntity {
  @PrimaryColumn('text', { name: 'visitor_id' }) visitorId!: string;
  @PrimaryColumn('int') seq!: number;
  @Column('uuid', { name: 'message_id' }) messageId!: string;
}
