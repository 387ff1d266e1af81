import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Moved } from './contact-changes.repository';

/** Somebody joined two contacts to one or parted them; the row is its history, and what an undo goes back by. */
@Entity('contact_changes')
export class ContactChangeEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: 'merge' | 'split';
  @Column('uuid', { name: 'kept_id' }) keptId!: string;
  @Column('uuid', { name: 'other_id' }) otherId!: string;
  @Column('uuid', { name: 'actor_id' }) actorId!: string;
  @Column('jsonb') moved!: Moved;
  @Column('timestamptz') at!: Date;
  @Column('timestamptz', { name: 'undone_at', nullable: true }) undoneAt!: Date | null;
  @Column('uuid', { name: 'undone_by', nullable: true }) undoneBy!: string | null;
}

/** An address of several holders at which one of them has the word for a while. */
@Entity('address_speakers')
export class AddressSpeakerEntity {
  @PrimaryColumn('uuid', { name: 'address_id' }) addressId!: string;
  /** The stand-in to whom the address falls back. */
  @Column('uuid', { name: 'shared_id' }) sharedId!: string;
  @Column('timestamptz') until!: Date;
}
