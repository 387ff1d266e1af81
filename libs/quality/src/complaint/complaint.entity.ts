import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Agreement, ComplaintState } from './complaint';

/** A complaint as it is stored. */
@Entity('complaints')
export class ComplaintRecord {
  @PrimaryColumn('uuid') id!: string;
  /** What the customer is told: CP-2026-000123. */
  @Column('text') number!: string;
  @Column('text') state!: ComplaintState;
  /** What opened it. */
  @Column('text') source!: 'words' | 'regulator' | 'mailbox' | 'person';
  @Column('text', { array: true }) signals!: string[];
  @Column('uuid', { name: 'conversation_id' }) conversationId!: string;
  /** The message in which it was said. */
  @Column('uuid', { name: 'message_id', nullable: true }) messageId!: string | null;
  @Column('uuid', { name: 'contact_id' }) contactId!: string;
  @Column('uuid', { name: 'brand_id' }) brandId!: string;
  @Column('uuid', { name: 'claim_id', nullable: true }) claimId!: string | null;
  @Column('text') channel!: string;
  @Column('text') content!: string;
  @Column('text', { nullable: true }) demand!: string | null;
  @Column('int') representatives!: number;
  /** The name of the regulator that knows of it. */
  @Column('text', { nullable: true }) regulator!: string | null;
  @Column('text', { nullable: true }) category!: string | null;
  @Column('text', { name: 'root_cause', nullable: true }) rootCause!: string | null;
  @Column('uuid', { array: true }) against!: string[];
  @Column('uuid', { name: 'officer_id', nullable: true }) officerId!: string | null;
  @Column('uuid', { name: 'investigator_id', nullable: true }) investigatorId!: string | null;
  @Column('text', { nullable: true }) proposal!: string | null;
  @Column('uuid', { name: 'proposal_owner_id', nullable: true }) proposalOwnerId!: string | null;
  @Column('timestamptz', { name: 'proposal_due_at', nullable: true }) proposalDueAt!: Date | null;
  @Column('text', { nullable: true }) agreement!: Agreement | null;
  @Column('uuid', { name: 'agreement_message_id', nullable: true }) agreementMessageId!: string | null;
  @Column('text', { nullable: true }) routes!: string | null;
  @Column('uuid', { name: 'outcome_message_id', nullable: true }) outcomeMessageId!: string | null;
  @Column('timestamptz', { name: 'outcome_sent_at', nullable: true }) outcomeSentAt!: Date | null;
  @Column('int', { nullable: true }) score!: number | null;
  @Column('int') reopened!: number;
  @Column('int') extensions!: number;
  @Column('text', { name: 'end_reason', nullable: true }) endReason!: string | null;
  /** Null: the hub, by what it read. */
  @Column('uuid', { name: 'opened_by', nullable: true }) openedBy!: string | null;
  @Column('timestamptz', { name: 'received_at' }) receivedAt!: Date;
  @Column('timestamptz', { name: 'opened_at' }) openedAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
}

/** One entry of a complaint's history. Facts are ids and codes. */
@Entity('complaint_steps')
export class ComplaintStepRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'complaint_id' }) complaintId!: string;
  @Column('text') act!: string;
  @Column('text', { name: 'from_state', nullable: true }) fromState!: ComplaintState | null;
  @Column('text', { name: 'to_state' }) toState!: ComplaintState;
  @Column('uuid', { name: 'actor_id', nullable: true }) actorId!: string | null;
  @Column('jsonb') facts!: Readonly<Record<string, unknown>>;
  @Column('timestamptz') at!: Date;
}

/** A paper of the investigation: evidence or a note. Nobody who is complained about writes or reads one. */
@Entity('complaint_notes')
export class ComplaintNoteRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'complaint_id' }) complaintId!: string;
  @Column('text') kind!: 'evidence' | 'note';
  @Column('text') text!: string;
  @Column('uuid', { name: 'message_id', nullable: true }) messageId!: string | null;
  @Column('uuid', { name: 'attachment_id', nullable: true }) attachmentId!: string | null;
  @Column('uuid', { name: 'author_id' }) authorId!: string;
  @Column('timestamptz') at!: Date;
}

/** What is done so that complaints of one cause do not come again. */
@Entity('corrective_actions')
export class CorrectiveActionRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'root_cause' }) rootCause!: string;
  /** The month whose complaints demanded it, `2026-11`. */
  @Column('text') month!: string;
  @Column('text') action!: string;
  @Column('uuid', { name: 'owner_id' }) ownerId!: string;
  @Column('timestamptz', { name: 'due_at' }) dueAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'done_at', nullable: true }) doneAt!: Date | null;
  @Column('text', { nullable: true }) result!: string | null;
}
