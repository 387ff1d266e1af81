import type { Queries } from '@claimline/database';

/** What is written in files, read once and kept: a suggestion is asked for at each look. */
export class FileWords {
  async find(queries: Queries, attachmentId: string): Promise<{ words: string; pages: number | null } | undefined> {
    const [row] = await queries.query<{ words: string; pages: number | null }>({
      name: 'file-words-find',
      text: 'SELECT words, pages FROM file_words WHERE attachment_id = $1',
      values: [attachmentId],
    });
    return row;
  }

  async keep(queries: Queries, attachmentId: string, read: { words: string; pages: number | null }, at: Date): Promise<void> {
    await queries.query({
      name: 'file-words-keep',
      text: 'INSERT INTO file_words (attachment_id, words, pages, read_at) VALUES ($1, $2, $3, $4) ON CONFLICT (attachment_id) DO NOTHING',
      values: [attachmentId, read.words.replaceAll('\u0000', ' '), read.pages, at],
    });
  }
}
