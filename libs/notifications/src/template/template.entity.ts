import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One published version of a text in one language. */
@Entity('templates')
export class TemplateEntity {
  @PrimaryColumn('text') code!: string;
  @PrimaryColumn('text') language!: string;
  @PrimaryColumn('int') version!: number;
  @Column('text') title!: string;
  @Column('text') use!: 'reply' | 'notice' | 'automatic';
  @Column('text') privacy!: string;
  @Column('text', { nullable: true }) subject!: string | null;
  @Column('text') body!: string;
  @Column('timestamptz', { name: 'published_at' }) publishedAt!: Date;
  @Column('uuid', { name: 'published_by', nullable: true }) publishedBy!: string | null;
}
