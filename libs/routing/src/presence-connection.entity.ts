import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A process that holds live connections of an adjuster; without a living one the adjuster is offline. */
@Entity('presence_connections')
export class PresenceConnectionEntity {
  @PrimaryColumn('uuid', { name: 'account_id' }) accountId!: string;
  @PrimaryColumn('text') hub!: string;
  @Column('timestamptz') until!: Date;
}
