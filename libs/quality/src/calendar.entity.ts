import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Calendar } from './calendar';

/** A calendar as it is stored. Its key is a brand's id, or `business` for everybody else. */
@Entity('calendars')
export class CalendarRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') key!: string;
  @Column('text', { name: 'time_zone' }) timeZone!: string;
  @Column('jsonb') hours!: Calendar['hours'];
  @Column('date', { array: true }) holidays!: string[];
  @Column('date', { array: true }) workdays!: string[];
}
