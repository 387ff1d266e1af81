import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One change: who did what to what. Append-only; ids and codes, never words or addresses. */
@Entity('audit')
export class AuditEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('timestamptz') at!: Date;
  @Column('text', { name: 'actor_kind' }) actorKind!: 'account' | 'api-key' | 'hub' | 'customer';
  @Column('uuid', { name: 'actor_id', nullable: true }) actorId!: string | null;
  /** `noun.verb`. */
  @Column('text') action!: string;
  @Column('text') subject!: string;
  @Column('text', { name: 'subject_id', nullable: true }) subjectId!: string | null;
  @Column('jsonb') facts!: Readonly<Record<string, string | number | boolean | null>>;
}
