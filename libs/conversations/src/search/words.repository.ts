import type { Transaction } from '@claimline/database';
import { searchVector } from '@claimline/messages';

/** The words by which messages are found. Filled by a consumer within a second, so that receiving never waits for it. */
export class Words {
  async index(tx: Transaction, messageIds: readonly string[]): Promise<void> {
    const rows = await tx.query<{ id: string; conversation_id: string; occurred_at: Date; subject: string | null; text: string }>({
      name: 'words-of',
      text: 'SELECT id, conversation_id, occurred_at, subject, text FROM messages WHERE id = ANY ($1::uuid[]) ORDER BY id',
      values: [messageIds],
    });
    if (rows.length === 0) return;
    await tx.query({
      name: 'words-index',
      unread: true,
      text: `INSERT INTO message_words (message_id, conversation_id, at, words)
             SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::tsvector[])
             ON CONFLICT (message_id) DO UPDATE SET words = excluded.words`,
      values: [
        rows.map((row) => row.id),
        rows.map((row) => row.conversation_id),
        rows.map((row) => row.occurred_at),
        rows.map((row) => searchVector(`${row.subject ?? ''} \n ${row.text}`)),
      ],
    });
  }
}
