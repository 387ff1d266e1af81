import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A telephone call and where in the menu it stands. */
@Entity('calls')
export class CallEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'inbox_id' }) inboxId!: string;
  @Column('text', { name: 'external_id' }) externalId!: string;
  @Column('uuid', { name: 'conversation_id' }) conversationId!: string;
  @Column('uuid', { name: 'message_id' }) messageId!: string;
  @Column('text') direction!: string;
  @Column('text', { name: 'from_value' }) fromValue!: string;
  @Column('text', { nullable: true }) language!: string | null;
  @Column('jsonb') state!: Readonly<Record<string, unknown>>;
  @Column('text', { nullable: true }) answer!: string | null;
  @Column('text', { nullable: true }) outcome!: string | null;
  @Column('int', { nullable: true }) seconds!: number | null;
  @Column('timestamptz', { name: 'started_at' }) startedAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
}
