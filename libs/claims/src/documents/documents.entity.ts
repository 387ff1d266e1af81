import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DocumentState } from './document-item';

/** One thing that is wanted of one party of a claim. */
@Entity('document_items')
export class DocumentItem {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'claim_id' }) claimId!: string;
  @Column('uuid', { name: 'party_id', nullable: true }) partyId!: string | null;
  @Column('text') code!: string;
  @Column('int') place!: number;
  @Column('text') state!: DocumentState;
  /** Why it was rejected or waived. */
  @Column('text', { nullable: true }) reason!: string | null;
  /** In how many requests it stood. */
  @Column('int') asked!: number;
  @Column('timestamptz', { name: 'requested_at', nullable: true }) requestedAt!: Date | null;
  @Column('timestamptz', { name: 'received_at', nullable: true }) receivedAt!: Date | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy!: string | null;
  /** Counts changes: a step can be taken back while nothing came after it. */
  @Column('int') version!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

/** A file that came for a claim, and what it is thought to be. */
@Entity('document_files')
export class DocumentFile {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'claim_id' }) claimId!: string;
  @Column('uuid', { name: 'item_id', nullable: true }) itemId!: string | null;
  @Column('uuid', { name: 'attachment_id' }) attachmentId!: string;
  @Column('bytea') sha256!: Buffer;
  /** By which channel it came; `portal` for our own page. */
  @Column('text') channel!: string;
  /** The address that it came from. */
  @Column('text', { nullable: true }) sender!: string | null;
  @Column('uuid', { name: 'contact_id', nullable: true }) contactId!: string | null;
  @Column('text') state!: 'unmatched' | 'suggested' | 'received' | 'accepted' | 'rejected' | 'duplicate';
  /** Why it is thought to be for its item, or `by-person`. */
  @Column('text') why!: string;
  @Column('timestamptz', { name: 'arrived_at' }) arrivedAt!: Date;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy!: string | null;
}

/** One message by which documents are asked for, or asked for again. */
@Entity('document_requests')
export class DocumentRequest {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'claim_id' }) claimId!: string;
  @Column('uuid', { name: 'party_id', nullable: true }) partyId!: string | null;
  @Column('text') kind!: 'request' | 'rejection';
  @Column('uuid', { name: 'item_ids', array: true }) itemIds!: string[];
  /** Requests that were joined are one round. */
  @Column('int') round!: number;
  @Column('text') state!: 'waiting' | 'told' | 'not-sent' | 'canceled';
  @Column('text', { name: 'override_reason', nullable: true }) overrideReason!: string | null;
  @Column('uuid', { name: 'requested_by', nullable: true }) requestedBy!: string | null;
  @Column('timestamptz', { name: 'tell_at' }) tellAt!: Date;
  @Column('timestamptz', { name: 'told_at', nullable: true }) toldAt!: Date | null;
  @Column('uuid', { name: 'notice_id', nullable: true }) noticeId!: string | null;
  /** When the message arrived, by the evidence of its receipt. */
  @Column('timestamptz', { name: 'arrived_at', nullable: true }) arrivedAt!: Date | null;
  @Column('int') reminders!: number;
  @Column('timestamptz', { name: 'remind_at', nullable: true }) remindAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

/** What a person did to a checklist, with how it was before. */
@Entity('document_steps')
export class DocumentStep {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'claim_id' }) claimId!: string;
  @Column('text') act!: string;
  @Column('uuid', { nullable: true }) by!: string | null;
  @Column('timestamptz') at!: Date;
  @Column('jsonb') before!: unknown;
  @Column('timestamptz', { name: 'undone_at', nullable: true }) undoneAt!: Date | null;
}

/** The tables of documents, for the data source. */
export const DOCUMENT_ENTITIES = [DocumentItem, DocumentFile, DocumentRequest, DocumentStep];
