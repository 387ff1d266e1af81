import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the router keeps of an account that handles claims: skills, permissions, capacity, presence. */
@Entity('adjusters')
export class AdjusterEntity {
  @PrimaryColumn('uuid', { name: 'account_id' }) accountId!: string;
  @Column('uuid', { name: 'team_ids', array: true }) teamIds!: string[];
  @Column('uuid', { name: 'brand_ids', array: true }) brandIds!: string[];
  @Column('text', { array: true }) channels!: string[];
  @Column('jsonb') lines!: Record<string, number>;
  @Column('jsonb') languages!: Record<string, number>;
  @Column('jsonb') licences!: Record<string, string | null>;
  @Column('jsonb') authority!: Record<string, string>;
  @Column('text', { array: true }) groups!: string[];
  @Column('boolean') active!: boolean;
  @Column('text', { name: 'time_zone' }) timeZone!: string;
  @Column('int') capacity!: number;
  /** Units held by work items; the database refuses more than `capacity + over_capacity`. */
  @Column('int') used!: number;
  /** By how much people have deliberately overfilled this adjuster; shrinks as work goes. */
  @Column('int', { name: 'over_capacity' }) overCapacity!: number;
  /** What counts now: the chosen state while a connection lives, else `offline`. */
  @Column('text') presence!: string;
  @Column('text', { name: 'chosen_presence' }) chosenPresence!: string;
  @Column('timestamptz', { name: 'presence_since', nullable: true }) presenceSince!: Date | null;
  @Column('timestamptz', { name: 'idle_since', nullable: true }) idleSince!: Date | null;
}
