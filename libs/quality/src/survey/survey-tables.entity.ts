import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody whose claim has ended is asked how it was, or is not, and why. One a claim. */
@Entity('survey_invitations')
export class SurveyInvitationEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'claim_id' }) claimId!: string;
  @Column('text', { name: 'claim_number' }) claimNumber!: string;
  @Column('text') state!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('uuid', { name: 'contact_id', nullable: true }) contactId!: string | null;
  @Column('uuid', { name: 'conversation_id', nullable: true }) conversationId!: string | null;
  @Column('uuid', { name: 'inbox_id', nullable: true }) inboxId!: string | null;
  @Column('uuid', { name: 'address_id', nullable: true }) addressId!: string | null;
  @Column('text', { nullable: true }) channel!: string | null;
  @Column('text', { nullable: true }) mode!: string | null;
  @Column('timestamptz', { name: 'closed_at' }) closedAt!: Date;
  @Column('timestamptz', { name: 'due_at' }) dueAt!: Date;
  @Column('timestamptz', { name: 'invited_at', nullable: true }) invitedAt!: Date | null;
  @Column('timestamptz', { name: 'asked_at', nullable: true }) askedAt!: Date | null;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
}

/** What somebody answered, one to five a question; null: left out. */
@Entity('survey_responses')
export class SurveyResponseEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'invitation_id', nullable: true }) invitationId!: string | null;
  @Column('uuid', { name: 'claim_id', nullable: true }) claimId!: string | null;
  @Column('text', { name: 'claim_number' }) claimNumber!: string;
  @Column('uuid', { name: 'contact_id', nullable: true }) contactId!: string | null;
  @Column('uuid', { name: 'conversation_id', nullable: true }) conversationId!: string | null;
  @Column('uuid', { name: 'handler_id', nullable: true }) handlerId!: string | null;
  @Column('uuid', { name: 'brand_id', nullable: true }) brandId!: string | null;
  @Column('text') mode!: string;
  @Column('text') channel!: string;
  @Column('text', { nullable: true }) language!: string | null;
  @Column('int', { nullable: true }) overall!: number | null;
  @Column('int', { nullable: true }) process!: number | null;
  @Column('int', { nullable: true }) attitude!: number | null;
  @Column('int', { nullable: true }) efficiency!: number | null;
  @Column('int', { nullable: true }) outcome!: number | null;
  @Column('text', { nullable: true }) comment!: string | null;
  @Column('timestamptz', { name: 'begun_at' }) begunAt!: Date;
  @Column('timestamptz', { name: 'answered_at' }) answeredAt!: Date;
  @Column('timestamptz', { name: 'completed_at', nullable: true }) completedAt!: Date | null;
}

/** The share of satisfied customers, per cent, that a house measures itself by from a day on. */
@Entity('survey_baselines')
export class SurveyBaselineEntity {
  @PrimaryColumn('text') question!: string;
  @PrimaryColumn('date', { name: 'effective_on' }) effectiveOn!: string;
  @Column('numeric') percent!: string;
  @Column('timestamptz', { name: 'imported_at' }) importedAt!: Date;
  @Column('uuid', { name: 'imported_by', nullable: true }) importedBy!: string | null;
}
