import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody speaks for a party of a claim, from one day until another. */
@Entity('representations')
export class RepresentationEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'claim_id' }) claimId!: string;
  @Column('uuid', { name: 'party_id' }) partyId!: string;
  /** The party that speaks. */
  @Column('uuid', { name: 'counsel_id' }) counselId!: string;
  @Column('text') source!: 'claim-core' | 'person';
  /** The letter: `message` or `attachment`; or the claim core's `claimEvent`. Ids only. */
  @Column('jsonb') evidence!: Readonly<Record<string, string>>;
  @Column('timestamptz') since!: Date;
  @Column('uuid', { name: 'noted_by', nullable: true }) notedBy!: string | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('uuid', { name: 'ended_by', nullable: true }) endedBy!: string | null;
}
