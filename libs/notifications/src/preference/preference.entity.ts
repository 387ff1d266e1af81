import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How a contact wants to be told. */
@Entity('preferences')
export class PreferenceEntity {
  @PrimaryColumn('uuid', { name: 'contact_id' }) contactId!: string;
  /** Most wanted first. */
  @Column('text', { array: true }) channels!: string[];
  @Column('boolean', { name: 'any_hour' }) anyHour!: boolean;
  /** `HH:MM` where the contact is. */
  @Column('text', { name: 'quiet_from', nullable: true }) quietFrom!: string | null;
  @Column('text', { name: 'quiet_to', nullable: true }) quietTo!: string | null;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
}
