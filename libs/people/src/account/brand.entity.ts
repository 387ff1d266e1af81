import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A name under which the insurer meets its customers, with the language and zone it speaks in. */
@Entity('brands')
export class BrandEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') key!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'default_language' }) defaultLanguage!: 'en' | 'zh-CN';
  /** IANA name. */
  @Column('text', { name: 'time_zone' }) timeZone!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

/** A group of people of one brand. */
@Entity('teams')
export class TeamEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'brand_id' }) brandId!: string;
  @Column('text') name!: string;
}

/** Who belongs to which team. */
@Entity('team_members')
export class TeamMemberEntity {
  @PrimaryColumn('uuid', { name: 'team_id' }) teamId!: string;
  @PrimaryColumn('uuid', { name: 'account_id' }) accountId!: string;
}
