import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What has arrived, once: a second delivery of the same thing finds its key taken. */
@Entity('inbound_keys')
export class InboundKeyEntity {
  @PrimaryColumn('uuid', { name: 'inbox_id' }) inboxId!: string;
  @PrimaryColumn('text') kind!: string;
  @PrimaryColumn('text', { name: 'external_id' }) externalId!: string;
  @Column('uuid', { name: 'raw_id' }) rawId!: string;
  @Column('uuid', { name: 'message_id', nullable: true }) messageId!: string | null;
  @Column('timestamptz') at!: Date;
}

/** A request or mail as it came, sealed; large ones lie in the file store. Partitioned by the time it came. */
@Entity('inbound_raw')
export class InboundRawEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'inbox_id', nullable: true }) inboxId!: string | null;
  /** Which door it came through: `webhook`, `mail`, `stream`, `socket` or `backfill`. */
  @Column('text') door!: string;
  @Column('text', { name: 'key_id' }) keyId!: string;
  @Column('bytea', { nullable: true }) sealed!: Buffer | null;
  @Column('uuid', { name: 'file_id', nullable: true }) fileId!: string | null;
  @PrimaryColumn('timestamptz', { name: 'received_at' }) receivedAt!: Date;
}

/** What the hub could not read or place, until somebody replays or dismisses it. */
@Entity('needs_look')
export class NeedsLookEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'inbox_id', nullable: true }) inboxId!: string | null;
  @Column('uuid', { name: 'raw_id', nullable: true }) rawId!: string | null;
  @Column('timestamptz', { name: 'raw_at', nullable: true }) rawAt!: Date | null;
  @Column('text') reason!: string;
  @Column('text') detail!: string;
  @Column('text') key!: string;
  @Column('text') state!: 'open' | 'replayed' | 'dismissed';
  @Column('timestamptz', { name: 'received_at' }) receivedAt!: Date;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
  @Column('uuid', { name: 'settled_by', nullable: true }) settledBy!: string | null;
}
