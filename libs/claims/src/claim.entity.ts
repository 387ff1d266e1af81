import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A claim of the claim core, mirrored. */
@Entity('claims')
export class ClaimEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') number!: string;
  @Column('text', { name: 'external_id', nullable: true }) externalId!: string | null;
  @Column('uuid', { name: 'brand_id' }) brandId!: string;
  @Column('text', { name: 'line_of_business' }) lineOfBusiness!: string;
  @Column('text') jurisdiction!: string;
  @Column('date', { name: 'loss_date', nullable: true }) lossDate!: string | null;
  @Column('text') stage!: string;
  @Column('text', { name: 'sub_status', nullable: true }) subStatus!: string | null;
  @Column('bigint') version!: string;
  @Column('text', { name: 'policy_number', nullable: true }) policyNumber!: string | null;
  @Column('text', { nullable: true }) plate!: string | null;
  @Column('text', { name: 'handler_external_id', nullable: true }) handlerExternalId!: string | null;
  @Column('text', { name: 'handler_name', nullable: true }) handlerName!: string | null;
  @Column('uuid', { name: 'handler_id', nullable: true }) handlerId!: string | null;
  @Column('uuid', { name: 'co_handler_ids', array: true }) coHandlerIds!: string[];
  @Column('text', { name: 'next_step', nullable: true }) nextStep!: string | null;
  @Column('date', { name: 'promised_by', nullable: true }) promisedBy!: string | null;
  @Column('text', { array: true }) flags!: string[];
  @Column('text', { nullable: true }) catastrophe!: string | null;
  @Column('jsonb') facts!: Record<string, string>;
  @Column('jsonb', { name: 'stage_times' }) stageTimes!: Record<string, string>;
  @Column('tsvector', { nullable: true, select: false }) words!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
}

/** Somebody with a part in a claim. */
@Entity('claim_parties')
export class PartyEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'claim_id' }) claimId!: string;
  @Column('text', { name: 'external_id' }) externalId!: string;
  @Column('text') role!: string;
  @Column('text') name!: string;
  @Column('uuid', { name: 'contact_id', nullable: true }) contactId!: string | null;
  @Column('text', { nullable: true }) language!: string | null;
  @Column('uuid', { name: 'represented_by_id', nullable: true }) representedById!: string | null;
}

/** What is claimed by whom, with a stage of its own. */
@Entity('exposures')
export class ExposureEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'claim_id' }) claimId!: string;
  @Column('text', { name: 'external_id' }) externalId!: string;
  @Column('text') kind!: string;
  @Column('uuid', { name: 'party_id', nullable: true }) partyId!: string | null;
  @Column('text') stage!: string;
  @Column('text', { name: 'sub_status', nullable: true }) subStatus!: string | null;
}

/** One event of the claim core as it came, and what became of it. */
@Entity('claim_events')
export class ClaimEventEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') source!: string;
  @Column('text', { name: 'event_id' }) eventId!: string;
  @Column('text', { name: 'claim_number' }) claimNumber!: string;
  @Column('uuid', { name: 'claim_id', nullable: true }) claimId!: string | null;
  @Column('uuid', { name: 'exposure_id', nullable: true }) exposureId!: string | null;
  @Column('bigint', { nullable: true }) version!: string | null;
  @Column('text') type!: string;
  @Column('text') outcome!: string;
  @Column('text', { nullable: true }) detail!: string | null;
  @Column('text', { nullable: true }) stage!: string | null;
  @Column('text', { name: 'previous_stage', nullable: true }) previousStage!: string | null;
  @Column('text', { name: 'sub_status', nullable: true }) subStatus!: string | null;
  @Column('text', { name: 'key_id' }) keyId!: string;
  @Column('bytea') sealed!: Buffer;
  @Column('timestamptz', { name: 'occurred_at' }) occurredAt!: Date;
  @Column('timestamptz', { name: 'received_at' }) receivedAt!: Date;
  @Column('uuid', { name: 'confirmed_by', nullable: true }) confirmedBy!: string | null;
}

/** The tables of this room, for the data source. */
export const CLAIM_ENTITIES = [ClaimEntity, PartyEntity, ExposureEntity, ClaimEventEntity];
