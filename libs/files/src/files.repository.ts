import { newId, type Queries } from '@claimline/database';
import type { KeptFile } from './file-keeper';

/** A stored file. */
export interface FileRow {
  readonly id: string;
  readonly storage_key: string;
  readonly sha256: Buffer;
  /** Bytes; a bigint, which the driver gives as text. */
  readonly size: string;
  readonly name: string;
  readonly content_type: string;
  readonly thumbnail_key: string | null;
  /** `account:<id>`, `visitor:<id>` …; null: it came with a message. */
  readonly uploaded_by: string | null;
  readonly created_at: Date;
}

/** Files as rows: which bytes of the storage are whose. */
export class Files {
  /** Returns the new id. */
  async add(queries: Queries, file: KeptFile, by: string | null, at: Date): Promise<string> {
    const id = newId(at);
    await queries.query({
      name: 'file-add',
      text: 'INSERT INTO files (id, storage_key, sha256, size, name, content_type, thumbnail_key, uploaded_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      values: [id, file.storageKey, file.sha256, file.size, file.name, file.contentType, file.thumbnailKey, by, at],
    });
    return id;
  }

  async find(queries: Queries, id: string): Promise<FileRow | undefined> {
    const [row] = await queries.query<FileRow>({ name: 'file-find', text: 'SELECT * FROM files WHERE id = $1', values: [id] });
    return row;
  }

  /** Where the bytes of journal files lie that nothing else names. The caller removes them, then the rows. */
  async journalBytes(queries: Queries, ids: readonly string[]): Promise<string[]> {
    const rows = await queries.query<{ key: string }>({
      name: 'files-journal-bytes',
      text: `SELECT f.storage_key AS key FROM files f WHERE f.id = ANY ($1::uuid[]) AND f.uploaded_by = 'journal' AND NOT EXISTS (SELECT FROM attachments a WHERE a.file_id = f.id)
               AND NOT EXISTS (SELECT FROM files o WHERE o.storage_key = f.storage_key AND o.id <> ALL ($1::uuid[]))`,
      values: [ids],
    });
    return rows.map(({ key }) => key);
  }

  /** Removes the rows of journal files; returns how many. */
  async removeJournal(queries: Queries, ids: readonly string[]): Promise<number> {
    const rows = await queries.query({
      name: 'files-journal-remove',
      text: `DELETE FROM files f WHERE f.id = ANY ($1::uuid[]) AND f.uploaded_by = 'journal' AND NOT EXISTS (SELECT FROM attachments a WHERE a.file_id = f.id) RETURNING 1`,
      values: [ids],
    });
    return rows.length;
  }
}
