import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { ConsentAct } from '@claimline/protocol';

type Row = Omit<ConsentAct, 'at'> & { readonly at: Date };

// One act writes a line for each address, channel and purpose; they share their moment, their evidence and what they say.
const HISTORY = `
  WITH held AS (SELECT id, value FROM addresses WHERE contact_id = $1 OR id IN (SELECT address_id FROM contact_addresses WHERE contact_id = $1)),
  lines AS (
    SELECT s.at, s.state, s.source, s.evidence, max(s.text_version) AS text_version, a.value, s.channel, jsonb_agg(DISTINCT s.purpose) AS purposes
    FROM consents s JOIN held a ON a.id = s.address_id GROUP BY s.at, s.state, s.source, s.evidence, a.value, s.channel
  ), acts AS (
    SELECT at, state, source, evidence, max(text_version) AS "textVersion",
      jsonb_agg(jsonb_build_object('address', value, 'channel', channel, 'purposes', purposes) ORDER BY channel, value) AS changed
    FROM lines GROUP BY at, state, source, evidence
  )
  SELECT acts.*, o.name AS by, CASE WHEN c.id IS NOT NULL THEN m.text END AS words, c.id AS "conversationId"
  FROM acts LEFT JOIN accounts o ON o.id::text = acts.evidence->>'by'
  LEFT JOIN messages m ON m.id::text = acts.evidence->>'messageId'
  LEFT JOIN conversations c ON c.id = m.conversation_id AND ${visibleTo('c', 2)}
  ORDER BY acts.at DESC LIMIT 500`;

/** How a customer's consents came to stand as they do: every act with its words and its evidence. */
export class ConsentHistoryView {
  constructor(private readonly queries: Queries) {}

  /** Newest first. The words are those of the message that proves it, where the reader may see its thread. */
  async of(viewer: Viewer, contactId: string): Promise<ConsentAct[]> {
    const rows = await this.queries.query<Row>({ name: 'consent-history', text: HISTORY, values: [contactId, ...visibleValues(viewer)] });
    return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
  }

  /** The id of a message of this customer, if the reader may see it. */
  async letter(queries: Queries, viewer: Viewer, contactId: string, messageId: string): Promise<string | undefined> {
    const [row] = await queries.query<{ id: string }>({
      name: 'consent-letter',
      text: `SELECT m.id FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.id = $1 AND c.contact_id = $4 AND ${visibleTo('c', 2)}`,
      values: [messageId, ...visibleValues(viewer), contactId],
    });
    return row?.id;
  }
}
