import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody who writes or is written to: a person, an organisation, a gateway, or the stand-in for several who share an address. */
@Entity('contacts')
export class ContactEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: 'person' | 'organisation' | 'gateway' | 'shared';
  @Column('text') name!: string;
  @Column('text', { nullable: true }) salutation!: string | null;
  @Column('text', { nullable: true }) language!: string | null;
  /** They, or a person for them, have said which language; nothing that is only guessed changes it. */
  @Column('boolean', { name: 'language_chosen' }) languageChosen!: boolean;
  /** IANA name; null where the number or the brand decides. */
  @Column('text', { name: 'time_zone', nullable: true }) timeZone!: string | null;
  /** The id by which the claim core calls this contact. */
  @Column('text', { name: 'external_id', nullable: true }) externalId!: string | null;
  @Column('text', { array: true }) labels!: string[];
  @Column('boolean') deceased!: boolean;
  /** The contact that this one turned out to be. */
  @Column('uuid', { name: 'merged_into', nullable: true }) mergedInto!: string | null;
  /** Character pairs of the name, for the search. */
  @Column('tsvector', { nullable: true, select: false }) words!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

/** Where a person is reached: unique by scheme, scope and value. */
@Entity('addresses')
export class AddressEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') scheme!: string;
  /** The app or page that the value belongs to; empty where the value is worldwide. */
  @Column('text') scope!: string;
  @Column('text') value!: string;
  @Column('text', { nullable: true }) name!: string | null;
  /** Whom a message from there is from: the one holder, or the contact that stands for several. */
  @Column('uuid', { name: 'contact_id' }) contactId!: string;
  /** Why nothing is sent there any more. */
  @Column('text', { nullable: true }) unusable!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'seen_at', nullable: true }) seenAt!: Date | null;
}

/** Who holds an address, and how surely. */
@Entity('contact_addresses')
export class ContactAddressEntity {
  @PrimaryColumn('uuid', { name: 'contact_id' }) contactId!: string;
  @PrimaryColumn('uuid', { name: 'address_id' }) addressId!: string;
  @Column('text') level!: 'claimed' | 'verified';
  @Column('timestamptz', { name: 'verified_at', nullable: true }) verifiedAt!: Date | null;
  @Column('timestamptz') since!: Date;
}
