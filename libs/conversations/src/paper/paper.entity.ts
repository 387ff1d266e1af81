import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A message was filed in another conversation; the row is its history, and what an undo goes back by. */
@Entity('message_moves')
export class MessageMoveEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'message_id' }) messageId!: string;
  @Column('uuid', { name: 'from_conversation_id' }) fromConversationId!: string;
  @Column('uuid', { name: 'to_conversation_id' }) toConversationId!: string;
  @Column('uuid', { name: 'by_id' }) byId!: string;
  /** The move that this one takes back. */
  @Column('uuid', { nullable: true }) undoes!: string | null;
  @Column('timestamptz') at!: Date;
}

/** A paper that the mailroom has scanned, until it is filed into a claim or set aside. */
@Entity('scans')
export class ScanEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'inbox_id' }) inboxId!: string;
  @Column('uuid', { name: 'attachment_id' }) attachmentId!: string;
  @Column('text') name!: string;
  /** Null: not counted yet, or not a thing of pages. */
  @Column('int', { nullable: true }) pages!: number | null;
  /** What is written in it, where it holds text. */
  @Column('text') words!: string;
  @Column('text') sender!: string;
  @Column('date', { name: 'received_on' }) receivedOn!: string;
  @Column('text') state!: 'waiting' | 'filed' | 'set-aside';
  @Column('uuid', { name: 'split_from', nullable: true }) splitFrom!: string | null;
  @Column('uuid', { name: 'message_id', nullable: true }) messageId!: string | null;
  @Column('text', { name: 'claim_number', nullable: true }) claimNumber!: string | null;
  @Column('uuid', { name: 'uploaded_by' }) uploadedBy!: string;
  @Column('uuid', { name: 'settled_by', nullable: true }) settledBy!: string | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

/** A letter of ours: laid into the tray, posted on a day, perhaps returned. */
@Entity('letters')
export class LetterEntity {
  @PrimaryColumn('uuid', { name: 'delivery_id' }) deliveryId!: string;
  @Column('uuid', { name: 'inbox_id' }) inboxId!: string;
  @Column('uuid', { name: 'message_id' }) messageId!: string;
  @Column('uuid', { name: 'attachment_id' }) attachmentId!: string;
  @Column('text') state!: 'to-post' | 'posted' | 'returned';
  @Column('timestamptz', { name: 'made_at' }) madeAt!: Date;
  @Column('date', { name: 'posted_on', nullable: true }) postedOn!: string | null;
  @Column('uuid', { name: 'posted_by', nullable: true }) postedBy!: string | null;
  @Column('date', { name: 'returned_on', nullable: true }) returnedOn!: string | null;
}

/** When and where somebody of ours and a customer meet. */
@Entity('appointments')
export class AppointmentEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'conversation_id' }) conversationId!: string;
  @Column('text') kind!: 'home-visit' | 'counter';
  @Column('text') state!: 'invited' | 'confirmed' | 'change-asked' | 'canceled' | 'held';
  @Column('timestamptz', { name: 'starts_at' }) startsAt!: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt!: Date;
  @Column('text') place!: string;
  @Column('text', { array: true }) participants!: string[];
  @Column('uuid', { name: 'technician_id', nullable: true }) technicianId!: string | null;
  /** What the customer asked for when they asked for another time. */
  @Column('text', { nullable: true }) wish!: string | null;
  /** How often it was changed: the SEQUENCE of its calendar file (RFC 5545 §3.8.7.4). */
  @Column('int') sequence!: number;
  @Column('timestamptz', { name: 'reminded_at', nullable: true }) remindedAt!: Date | null;
  @Column('uuid', { name: 'created_by' }) createdBy!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
}

/** What is written in a file, read once. */
@Entity('file_words')
export class FileWordsEntity {
  @PrimaryColumn('uuid', { name: 'attachment_id' }) attachmentId!: string;
  @Column('text') words!: string;
  @Column('int', { nullable: true }) pages!: number | null;
  @Column('timestamptz', { name: 'read_at' }) readAt!: Date;
}
