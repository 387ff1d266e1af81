import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One entry of the consent ledger; the latest of an address, channel and purpose counts. Append-only. */
@Entity('consents')
export class ConsentEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'address_id' }) addressId!: string;
  @Column('text') channel!: string;
  @Column('text') purpose!: string;
  @Column('text') state!: 'granted' | 'opted-out';
  @Column('text') source!: string;
  @Column('jsonb') evidence!: Readonly<Record<string, unknown>>;
  /** Which wording was agreed to; where the purpose has one. */
  @Column('text', { name: 'text_version', nullable: true }) textVersion!: string | null;
  @Column('timestamptz') at!: Date;
}
