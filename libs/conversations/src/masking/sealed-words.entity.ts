import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a message says in full, sealed: the thread shows it masked (numbers of cards and accounts) or not at all (a code of ours). */
@Entity('sealed_words')
export class SealedWordsEntity {
  @PrimaryColumn('uuid', { name: 'message_id' }) messageId!: string;
  @Column('text') kind!: 'masked' | 'secret';
  @Column('text', { name: 'key_id' }) keyId!: string;
  @Column('bytea') sealed!: Buffer;
}
