import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Peril } from './catastrophe';

/** An event that brings many claims. */
@Entity('catastrophes')
export class CatastropheEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') tag!: string;
  @Column('text') name!: string;
  @Column('text') peril!: Peril;
  @Column('text') area!: string;
  @Column('text', { array: true }) jurisdictions!: string[];
  @Column('text', { array: true }) lines!: string[];
  @Column('date', { name: 'starts_on' }) startsOn!: string;
  @Column('date', { name: 'ends_on', nullable: true }) endsOn!: string | null;
  @Column('text', { array: true }) words!: string[];
  @Column('boolean', { name: 'by_rule' }) byRule!: boolean;
  @Column('text') state!: 'open' | 'closed';
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null;
}

/** A claim that a person took out of an event: no rule puts it back. */
@Entity('catastrophe_exceptions')
export class CatastropheExceptionEntity {
  @PrimaryColumn('uuid', { name: 'claim_id' }) claimId!: string;
  @PrimaryColumn('text') tag!: string;
  @Column('uuid') by!: string;
  @Column('timestamptz') at!: Date;
}
