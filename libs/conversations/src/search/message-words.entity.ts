import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The character pairs of a message, for the search. */
@Entity('message_words')
export class MessageWordsEntity {
  @PrimaryColumn('uuid', { name: 'message_id' }) messageId!: string;
  @Column('uuid', { name: 'conversation_id' }) conversationId!: string;
  @Column('timestamptz') at!: Date;
  @Column('tsvector', { select: false }) words!: string;
}
