import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PayeeMethod } from './payee-choice';

/** Where a payee wants the money of a claim to go. The details are sealed, and gone once the claim core has confirmed them. */
@Entity('payee_choices')
export class PayeeChoiceEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'claim_number' }) claimNumber!: string;
  @Column('uuid', { name: 'contact_id' }) contactId!: string;
  /** The link whose page it was typed on: one choice a link. */
  @Column('uuid', { name: 'link_id' }) linkId!: string;
  @Column('text') method!: PayeeMethod;
  @Column('text', { nullable: true }) last4!: string | null;
  @Column('text', { name: 'key_id', nullable: true }) keyId!: string | null;
  @Column('bytea', { nullable: true }) sealed!: Buffer | null;
  @Column('timestamptz', { name: 'chosen_at' }) chosenAt!: Date;
  @Column('timestamptz', { name: 'fetched_at', nullable: true }) fetchedAt!: Date | null;
  @Column('timestamptz', { name: 'acknowledged_at', nullable: true }) acknowledgedAt!: Date | null;
}
