import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A stored file. */
@Entity('files')
export class FileEntity {
  @PrimaryColumn('uuid') id!: string;
  /** Where the storage keeps it. */
  @Column('text', { name: 'storage_key' }) storageKey!: string;
  @Column('bytea') sha256!: Buffer;
  /** Bytes. */
  @Column('bigint') size!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'content_type' }) contentType!: string;
  /** Where the small picture lies, for pictures. */
  @Column('text', { name: 'thumbnail_key', nullable: true }) thumbnailKey!: string | null;
  @Column('text', { name: 'uploaded_by', nullable: true }) uploadedBy!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
