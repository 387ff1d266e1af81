import type { Queries } from '@claimline/database';

/** What lies on one person's desk beside a conversation: how far they have read, and what they have begun to write. */
export class Desk {
  /** Seen up to this place of the thread; never back. */
  async markRead(queries: Queries, accountId: string, conversationId: string, position: number): Promise<void> {
    await queries.query({
      name: 'desk-read',
      text: `INSERT INTO conversation_reads (account_id, conversation_id, position, inbound_seen)
             SELECT $1, $2, least($3::int, c.message_count), (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id AND m.direction = 'inbound' AND m.seq <= $3) FROM conversations c WHERE c.id = $2
             ON CONFLICT (account_id, conversation_id) DO UPDATE SET position = greatest(conversation_reads.position, excluded.position), inbound_seen = greatest(conversation_reads.inbound_seen, excluded.inbound_seen)`,
      values: [accountId, conversationId, position],
    });
  }

  async readPosition(queries: Queries, accountId: string, conversationId: string): Promise<number> {
    const [row] = await queries.query<{ position: number }>({
      name: 'desk-read-position',
      text: 'SELECT position FROM conversation_reads WHERE account_id = $1 AND conversation_id = $2',
      values: [accountId, conversationId],
    });
    return row?.position ?? 0;
  }

  /** Keeps what is being written; empty text throws it away. */
  async saveDraft(
    queries: Queries,
    { accountId, conversationId }: { accountId: string; conversationId: string },
    draft: { text: string; kind: string; channel: string | null; at: Date },
  ): Promise<void> {
    if (draft.text === '') return this.dropDraft(queries, accountId, conversationId);
    await queries.query({
      name: 'desk-draft',
      text: `INSERT INTO drafts (account_id, conversation_id, text, kind, channel, updated_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (account_id, conversation_id) DO UPDATE SET text = excluded.text, kind = excluded.kind, channel = excluded.channel, updated_at = excluded.updated_at`,
      values: [accountId, conversationId, draft.text, draft.kind, draft.channel, draft.at],
    });
  }

  async dropDraft(queries: Queries, accountId: string, conversationId: string): Promise<void> {
    await queries.query({
      name: 'desk-draft-drop',
      text: 'DELETE FROM drafts WHERE account_id = $1 AND conversation_id = $2',
      values: [accountId, conversationId],
    });
  }

  async draft(
    queries: Queries,
    accountId: string,
    conversationId: string,
  ): Promise<{ text: string; kind: 'reply' | 'note'; channel: string | null; updated_at: Date } | undefined> {
    const [row] = await queries.query<{ text: string; kind: 'reply' | 'note'; channel: string | null; updated_at: Date }>({
      name: 'desk-draft-of',
      text: 'SELECT text, kind, channel, updated_at FROM drafts WHERE account_id = $1 AND conversation_id = $2',
      values: [accountId, conversationId],
    });
    return row;
  }
}
