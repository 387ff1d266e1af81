import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One configured line of a channel kind, with its sealed secrets. */
@Entity('inboxes')
export class InboxEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: string;
  @Column('text') name!: string;
  @Column('text') address!: string;
  /** ISO 3166 country for numbers written without one. */
  @Column('text') region!: string;
  @Column('uuid', { name: 'brand_id' }) brandId!: string;
  @Column('uuid', { name: 'team_id', nullable: true }) teamId!: string | null;
  @Column('jsonb') config!: Readonly<Record<string, unknown>>;
  @Column('text', { name: 'secrets_key_id' }) secretsKeyId!: string;
  @Column('bytea', { name: 'secrets_sealed' }) secretsSealed!: Buffer;
  @Column('text') state!: 'active' | 'stopped';
  @Column('text', { name: 'stopped_reason', nullable: true }) stoppedReason!: string | null;
  @Column('real', { name: 'sends_per_second', nullable: true }) sendsPerSecond!: number | null;
  @Column('boolean') demo!: boolean;
  /** Grows with every change: open lines are closed and opened again. */
  @Column('int') version!: number;
  @Column('timestamptz', { name: 'last_inbound_at', nullable: true }) lastInboundAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

/** What a channel remembers between calls: cursors and tokens, changed by compare-and-set. */
@Entity('inbox_state')
export class InboxStateEntity {
  @PrimaryColumn('uuid', { name: 'inbox_id' }) inboxId!: string;
  @PrimaryColumn('text') key!: string;
  @Column('jsonb') value!: unknown;
  @Column('int') version!: number;
}

/** How an inbox stands with its vendor: failures in a row, the open circuit, what is left of the rate. */
@Entity('inbox_circuits')
export class InboxCircuitEntity {
  @PrimaryColumn('uuid', { name: 'inbox_id' }) inboxId!: string;
  @Column('int') failures!: number;
  @Column('timestamptz', { name: 'open_until', nullable: true }) openUntil!: Date | null;
  @Column('boolean', { default: false }) probing!: boolean;
  @Column('real', { nullable: true }) tokens!: number | null;
  @Column('timestamptz', { name: 'tokens_at', nullable: true }) tokensAt!: Date | null;
}
