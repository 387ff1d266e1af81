import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A mail address of an inbox that belongs to one adjuster: what is sent there is offered to them first. */
@Entity('mail_aliases')
export class MailAlias {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  /** The inbox that takes its mail and answers it. */
  @Column('uuid', { name: 'inbox_id' }) inboxId!: string;
  /** All lower case. */
  @Column('text') address!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
