import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One version of a setting; the highest version of a key counts. */
@Entity('settings')
export class SettingEntity {
  @PrimaryColumn('text') key!: string;
  @PrimaryColumn('int') version!: number;
  @Column('jsonb') value!: unknown;
  @Column('timestamptz') at!: Date;
  @Column('uuid', { nullable: true }) by!: string | null;
}
