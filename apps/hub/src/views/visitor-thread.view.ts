import type { Queries } from '@claimline/database';
import type { FileLinks } from '@claimline/files';
import type { VisitorMessage } from '@claimline/protocol';

interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly size: number | null;
  readonly state: 'pending' | 'stored' | 'failed' | 'quarantined';
}

interface Row {
  readonly id: string;
  readonly seq: number;
  readonly mine: boolean;
  readonly author: string | null;
  readonly text: string;
  readonly at: Date;
  readonly read: boolean;
  readonly client_msg_id: string | null;
  readonly files: readonly FileRow[];
}

/** Whose thread, and through which line it is shown. */
export interface ThreadOf {
  readonly visitorId: string;
  readonly inboxId: string;
}

/** The most that one answer holds; a widget asks again from the last one. */
export const VISITOR_PAGE = 200;
// A page may stay open for a day; the next resume brings new links.
const LINK_MS = 24 * 3_600_000;

/** A visitor's thread as the widget shows it: their own words and what was sent to this very browser. No notes, no facts, no other channel. */
export class VisitorThreadView {
  constructor(
    private readonly queries: Queries,
    private readonly links: FileLinks,
  ) {}

  /** Everything after a place, oldest first; without a place the last page. */
  async after({ visitorId, inboxId }: ThreadOf, seq: number, now: Date): Promise<VisitorMessage[]> {
    const statement = seq > 0 ? { name: 'visitor-messages-after', text: AFTER } : { name: 'visitor-messages-last', text: LAST };
    const rows = await this.queries.query<Row>({ ...statement, values: [visitorId, seq, VISITOR_PAGE] });
    return rows.map(({ at, client_msg_id: clientMsgId, files, ...row }) => ({
      ...row,
      at: at.toISOString(),
      clientMsgId,
      attachments: files.map((file) => ({ ...file, url: this.urlOf(inboxId, file.id, now) })),
    }));
  }

  /** How far our people have read what these visitors wrote, by visitor. */
  async readByUs(visitorIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.queries.query<{ id: string; seq: number }>({
      name: 'visitor-read-by-us',
      text: `SELECT v.visitor_id AS id, max(v.seq) AS seq FROM visitor_messages v JOIN messages m ON m.id = v.message_id
             WHERE v.visitor_id = ANY ($1::text[]) AND m.direction = 'inbound' AND ${READ_BY_US} GROUP BY v.visitor_id`,
      values: [visitorIds],
    });
    return new Map(rows.map(({ id, seq }) => [id, seq]));
  }

  /** The last message of ours that the visitor has read without our having written that down: the id under which it was sent. */
  async unreportedRead({ visitorId, inboxId }: ThreadOf): Promise<string | undefined> {
    const [row] = await this.queries.query<{ external_id: string }>({
      name: 'visitor-unreported-read',
      text: `SELECT d.external_id FROM visitors v JOIN visitor_messages p ON p.visitor_id = v.id AND p.seq <= v.read_seq JOIN deliveries d ON d.message_id = p.message_id
             WHERE v.id = $1 AND d.inbox_id = $2 AND d.to_value = $1 AND d.external_id IS NOT NULL AND d.state IN ('accepted', 'sent', 'delivered')
             ORDER BY p.seq DESC LIMIT 1`,
      values: [visitorId, inboxId],
    });
    return row?.external_id;
  }

  /** Whether all of these are files that this visitor has handed in and not sent yet. */
  async areUnsent(ids: readonly string[], uploader: string): Promise<boolean> {
    const rows = await this.queries.query({
      name: 'visitor-unsent-files',
      text: `SELECT 1 FROM attachments a JOIN files f ON f.id = a.file_id WHERE a.id = ANY ($1::uuid[]) AND a.message_id IS NULL AND f.uploaded_by = $2 AND a.state = 'stored'`,
      values: [ids, uploader],
    });
    return rows.length === new Set(ids).size;
  }

  /** Whether a file is in this visitor's thread. */
  async hasFile(visitorId: string, attachmentId: string): Promise<boolean> {
    const rows = await this.queries.query({
      name: 'visitor-has-file',
      text: 'SELECT 1 FROM attachments a JOIN visitor_messages v ON v.message_id = a.message_id WHERE a.id = $1 AND v.visitor_id = $2',
      values: [attachmentId, visitorId],
    });
    return rows.length > 0;
  }

  private urlOf(inboxId: string, id: string, now: Date): string {
    return `/visitor/${inboxId}/files/${id}?key=${this.links.make({ attachmentId: id, purpose: 'customer' }, new Date(now.getTime() + LINK_MS))}`;
  }
}

const READ_BY_US = 'EXISTS (SELECT FROM conversation_reads r WHERE r.conversation_id = m.conversation_id AND r.position >= m.seq)';

const MESSAGES = `
  SELECT m.id, p.seq, m.direction = 'inbound' AS mine, a.name AS author, m.text, m.occurred_at AS at, m.facts->>'clientMsgId' AS client_msg_id,
    CASE WHEN m.direction = 'inbound' THEN ${READ_BY_US} ELSE p.seq <= v.read_seq END AS read,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'contentType', f.content_type, 'size', f.size, 'state', f.state) ORDER BY f.place, f.id)
              FROM attachments f WHERE f.message_id = m.id), '[]') AS files
  FROM visitor_messages p JOIN visitors v ON v.id = p.visitor_id JOIN messages m ON m.id = p.message_id LEFT JOIN accounts a ON a.id = m.author_id
  WHERE p.visitor_id = $1 AND p.seq > $2 AND m.direction <> 'internal' AND m.kind <> 'note'`;
const AFTER = `${MESSAGES} ORDER BY p.seq LIMIT $3`;
const LAST = `SELECT * FROM (${MESSAGES} ORDER BY p.seq DESC LIMIT $3) AS last ORDER BY seq`;
