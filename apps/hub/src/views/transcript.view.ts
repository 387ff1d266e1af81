import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';

/** One message of a transcript, its files still to be linked. */
export interface TranscriptMessage {
  readonly id: string;
  readonly at: Date;
  readonly direction: 'inbound' | 'outbound';
  readonly kind: string;
  readonly channel: string | null;
  readonly from: string | null;
  readonly to: string[];
  readonly subject: string | null;
  readonly text: string;
  readonly delivery: string | null;
  readonly files: {
    readonly id: string;
    readonly name: string;
    readonly contentType: string;
    readonly size: number | null;
    readonly sha256: string | null;
    readonly stored: boolean;
  }[];
}

/** A conversation as the claim core keeps it: what was said to and by the customer, never what colleagues noted nor what counsel was told. */
export class TranscriptView {
  constructor(private readonly queries: Queries) {}

  /** The claim's number, null where the conversation has none; undefined where there is no such conversation for this reader. */
  async claimOf(viewer: Viewer, id: string): Promise<string | null | undefined> {
    const [row] = await this.queries.query<{ claim: string | null }>({
      name: 'transcript-conversation',
      text: `SELECT c.claim_number AS claim FROM conversations c WHERE c.id = $1 AND c.kind <> 'privileged' AND ${visibleTo('c', 2)}`,
      values: [id, ...visibleValues(viewer)],
    });
    return row?.claim;
  }

  messages(id: string): Promise<TranscriptMessage[]> {
    return this.queries.query<TranscriptMessage>({ name: 'transcript-messages', text: MESSAGES, values: [id] });
  }
}

const MESSAGES = `
  SELECT m.id, m.occurred_at AS at, m.direction, m.kind, m.channel, coalesce(m.from_value, (SELECT a.name FROM accounts a WHERE a.id = m.author_id)) AS "from", m.to_values AS "to", m.subject, m.text,
    (SELECT d.state FROM deliveries d WHERE d.message_id = m.id ORDER BY d.attempt DESC, d.created_at DESC LIMIT 1) AS delivery,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'contentType', coalesce(f.content_type, t.content_type), 'size', f.size, 'sha256', encode(f.sha256, 'hex'), 'stored', t.state = 'stored')
      ORDER BY t.place, t.id) FROM attachments t LEFT JOIN files f ON f.id = t.file_id WHERE t.message_id = m.id), '[]') AS files
  FROM messages m WHERE m.conversation_id = $1 AND m.direction <> 'internal' ORDER BY m.occurred_at, m.id`;
