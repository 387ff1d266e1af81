import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LinkPurpose } from './secure-link';

/** A link that a customer was sent. Only the hash of its token is kept: whoever reads the table opens nothing. */
@Entity('secure_links')
export class SecureLinkEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  @Column('text') purpose!: LinkPurpose;
  @Column('uuid', { name: 'contact_id' }) contactId!: string;
  @Column('text', { name: 'claim_number', nullable: true }) claimNumber!: string | null;
  @Column('uuid', { name: 'conversation_id', nullable: true }) conversationId!: string | null;
  /** Where it was sent to: a code for its page goes elsewhere, where there is an elsewhere. */
  @Column('uuid', { name: 'address_id', nullable: true }) addressId!: string | null;
  /** What its page is about, in the words of the page's owner. */
  @Column('text', { nullable: true }) subject!: string | null;
  @Column('boolean', { name: 'single_use' }) singleUse!: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'opened_at', nullable: true }) openedAt!: Date | null;
  @Column('timestamptz', { name: 'spent_at', nullable: true }) spentAt!: Date | null;
}

/** A six-digit code that was sent to an address; what is kept of it judges a code and tells none. */
@Entity('step_up_codes')
export class StepUpCodeEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'contact_id' }) contactId!: string;
  @Column('uuid', { name: 'address_id' }) addressId!: string;
  @Column('text') purpose!: string;
  @Column('text') mac!: string;
  @Column('int') tries!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
  @Column('timestamptz', { name: 'locked_at', nullable: true }) lockedAt!: Date | null;
}

/** The short session of somebody who typed a right code: on the page of one link, or on the portal's own pages. */
@Entity('portal_grants')
export class PortalGrantEntity {
  @PrimaryColumn('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  @Column('uuid', { name: 'contact_id' }) contactId!: string;
  @Column('uuid', { name: 'address_id' }) addressId!: string;
  @Column('text') purpose!: string;
  @Column('uuid', { name: 'link_id', nullable: true }) linkId!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
}
