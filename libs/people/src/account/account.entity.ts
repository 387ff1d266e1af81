import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AccountRole } from './accounts.repository';

/** Somebody who signs in. */
@Entity('accounts')
export class AccountEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') email!: string;
  @Column('text') name!: string;
  /** argon2id, with its parameters and salt. */
  @Column('text', { name: 'password_hash' }) passwordHash!: string;
  @Column('text') role!: AccountRole;
  /** The id by which the claim core calls this person. */
  @Column('text', { name: 'external_id', nullable: true }) externalId!: string | null;
  /** The language of the console; null follows the browser. */
  @Column('text', { nullable: true }) locale!: 'en' | 'zh-CN' | null;
  /** E.164: where the hub rings this person. */
  @Column('text', { nullable: true }) phone!: string | null;
  /** Brands this person works for; empty means all. */
  @Column('uuid', { name: 'brand_ids', array: true }) brandIds!: string[];
  /** Restricted groups this person belongs to. */
  @Column('text', { array: true }) groups!: string[];
  @Column('boolean') active!: boolean;
  /** Only seen while the hub runs as a demo. */
  @Column('boolean') demo!: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
