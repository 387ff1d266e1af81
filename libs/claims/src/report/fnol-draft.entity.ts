import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReportState } from './report';
import type { ReportFields } from './report-fields';

/** A first notice of loss, from the first word until it is a claim. */
@Entity('fnol_drafts')
export class FnolDraftEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'brand_id' }) brandId!: string;
  @Column('uuid', { name: 'conversation_id', nullable: true }) conversationId!: string | null;
  @Column('uuid', { name: 'contact_id', nullable: true }) contactId!: string | null;
  /** The channel over which it came; `console` where an adjuster began it. */
  @Column('text') channel!: string;
  @Column('text') state!: ReportState;
  @Column('jsonb') fields!: ReportFields;
  @Column('text', { name: 'policy_number', nullable: true }) policyNumber!: string | null;
  @Column('date', { name: 'loss_date', nullable: true }) lossDate!: string | null;
  @Column('text', { name: 'loss_kind', nullable: true }) lossKind!: string | null;
  @Column('text', { name: 'line_of_business', nullable: true }) lineOfBusiness!: string | null;
  /** What a person has said it is not: claim numbers and ids of reports. */
  @Column('text', { name: 'apart_from', array: true }) apartFrom!: string[];
  @Column('int') version!: number;
  /** When the loss was first stated: the acknowledgement clock counts from here, however late the form. */
  @Column('timestamptz', { name: 'loss_stated_at' }) lossStatedAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
  /** When it was left lying and became somebody's callback. */
  @Column('timestamptz', { name: 'reminded_at', nullable: true }) remindedAt!: Date | null;
  @Column('uuid', { name: 'submitted_by', nullable: true }) submittedBy!: string | null;
  @Column('timestamptz', { name: 'submitted_at', nullable: true }) submittedAt!: Date | null;
  @Column('text', { name: 'claim_number', nullable: true }) claimNumber!: string | null;
}
