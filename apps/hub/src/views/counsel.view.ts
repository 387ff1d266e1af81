import { claimVisibleTo } from '@claimline/claims';
import { claimNumbersIn, visibleTo, visibleValues, type ConversationRow, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { CounselOf, CounselSuggestion } from '@claimline/protocol';

/** The letter by which somebody says that they speak for another. */
interface Letter {
  readonly conversationId: string;
  readonly claimId: string | null;
  readonly contactId: string;
  readonly at: Date;
}

type NamedClaim = NonNullable<CounselSuggestion['claim']>;

/** Who speaks for whom, as conversations ask it. */
export class CounselView {
  /** Who speaks for the customer of a conversation; undefined: they speak for themselves. Without a claim, the open claims of the customer count. */
  async of(queries: Queries, { contact_id, claim_id }: Pick<ConversationRow, 'contact_id' | 'claim_id'>): Promise<CounselOf | undefined> {
    const [row] = await queries.query<Omit<CounselOf, 'since'> & { since: Date | null }>({
      name: 'counsel-of',
      text: `SELECT l.number AS claim, s.id AS party, s.name, s.contact_id AS "contactId", r.since
             FROM claim_parties p JOIN claims l ON l.id = p.claim_id JOIN claim_parties s ON s.id = p.represented_by_id
             LEFT JOIN representations r ON r.party_id = p.id AND r.ended_at IS NULL
             WHERE p.contact_id = $1 AND (p.claim_id = $2 OR ($2::uuid IS NULL AND l.stage <> 'closed')) ORDER BY l.updated_at DESC, p.id LIMIT 1`,
      values: [contact_id, claim_id],
    });
    return row && { ...row, since: row.since?.toISOString() ?? null };
  }

  async letter(queries: Queries, viewer: Viewer, messageId: string): Promise<Letter | undefined> {
    const [row] = await queries.query<Letter>({
      name: 'counsel-letter',
      text: `SELECT c.id AS "conversationId", c.claim_id AS "claimId", c.contact_id AS "contactId", m.occurred_at AS at
             FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.id = $1 AND ${visibleTo('c', 2)}`,
      values: [messageId, ...visibleValues(viewer)],
    });
    return row;
  }

  /** The latest letter of a conversation, who wrote it, and the one claim that it names, if this person may see it. */
  async suggestion(queries: Queries, viewer: Viewer, conversation: ConversationRow): Promise<CounselSuggestion> {
    const [letter] = await queries.query<{ id: string; words: string }>({
      name: 'counsel-last-letter',
      text: `SELECT id, concat_ws(' ', subject, text) AS words FROM messages WHERE conversation_id = $1 AND direction = 'inbound' AND kind = 'text' ORDER BY occurred_at DESC, id DESC LIMIT 1`,
      values: [conversation.id],
    });
    const [sender] = await queries.query<{ name: string }>({
      name: 'counsel-sender',
      text: 'SELECT name FROM contacts WHERE id = $1',
      values: [conversation.contact_id],
    });
    const numbers = claimNumbersIn(letter?.words ?? '');
    return {
      message: letter?.id ?? null,
      sender: { contact: conversation.contact_id, name: sender?.name ?? '' },
      claim: numbers.length === 1 ? ((await this.claim(queries, viewer, numbers[0]!)) ?? null) : null,
    };
  }

  private async claim(queries: Queries, viewer: Viewer, number: string): Promise<NamedClaim | undefined> {
    const [row] = await queries.query<NamedClaim>({
      name: 'counsel-claim',
      text: `SELECT l.number, coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'role', p.role, 'name', p.name) ORDER BY p.id) FILTER (WHERE p.id IS NOT NULL), '[]') AS parties
             FROM claims l LEFT JOIN claim_parties p ON p.claim_id = l.id AND p.represented_by_id IS NULL AND p.role NOT IN ('attorney', 'lawyer', 'representative', 'defence-counsel')
             WHERE l.number = $1 AND ${claimVisibleTo('l', 2)} GROUP BY l.id`,
      values: [number, ...visibleValues(viewer)],
    });
    return row;
  }
}
