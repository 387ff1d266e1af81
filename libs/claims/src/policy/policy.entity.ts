import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A policy of an imported list. */
@Entity('policies')
export class PolicyEntity {
  @PrimaryColumn('text') number!: string;
  @Column('text', { name: 'line_of_business' }) lineOfBusiness!: string;
  @Column('text') holder!: string;
  @Column('text', { nullable: true }) phone!: string | null;
  @Column('text', { nullable: true }) plate!: string | null;
  @Column('date', { name: 'starts_on', nullable: true }) startsOn!: string | null;
  @Column('date', { name: 'ends_on', nullable: true }) endsOn!: string | null;
  @Column('text', { name: 'number_key' }) numberKey!: string;
  @Column('text', { name: 'phone_key', nullable: true }) phoneKey!: string | null;
  @Column('text', { name: 'plate_key', nullable: true }) plateKey!: string | null;
  @Column('timestamptz', { name: 'imported_at' }) importedAt!: Date;
}
