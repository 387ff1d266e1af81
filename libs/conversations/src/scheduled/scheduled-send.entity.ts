import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The words of a reply and where they go, exactly as its writer saw them. */
export interface ScheduledMessage {
  readonly text: string;
  readonly channel?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly subject?: string;
  readonly attachments?: readonly string[];
  readonly template?: string;
}

export const SCHEDULED_STATES = ['waiting', 'held', 'sent', 'canceled'] as const;
export type ScheduledState = (typeof SCHEDULED_STATES)[number];

/** A reply that leaves later. */
@Entity('scheduled_sends')
export class ScheduledSend {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'conversation_id' }) conversationId!: string;
  /** Who wrote it: it leaves in their name. */
  @Column('uuid', { name: 'author_id' }) authorId!: string;
  /** Who answers for it now and is asked where it cannot leave; null: everybody. */
  @Column('uuid', { name: 'owner_id', nullable: true }) ownerId!: string | null;
  @Column('jsonb') message!: ScheduledMessage;
  @Column('timestamptz', { name: 'send_at' }) sendAt!: Date;
  /** The place of the thread that the writer saw. */
  @Column('int') seen!: number;
  @Column('text') state!: ScheduledState;
  /** Why it is held. */
  @Column('text', { nullable: true }) reason!: string | null;
  /** What it became. */
  @Column('uuid', { name: 'message_id', nullable: true }) messageId!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
}
