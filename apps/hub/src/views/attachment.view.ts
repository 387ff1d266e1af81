import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';

/** What is needed to hand a file out: where its bytes lie, what they are and whether they may be had. */
export interface AttachmentFile {
  readonly id: string;
  readonly message_id: string | null;
  /** Of the message as it stands now: messages can be moved. */
  readonly conversation_id: string | null;
  readonly state: 'pending' | 'stored' | 'failed' | 'quarantined';
  readonly name: string;
  readonly content_type: string;
  readonly size: string | null;
  readonly sha256: Buffer | null;
  readonly storage_key: string | null;
  readonly thumbnail_key: string | null;
}

const COLUMNS = `
  a.id, a.message_id, m.conversation_id, a.state, a.name, coalesce(f.content_type, a.content_type) AS content_type, f.size, f.sha256, f.storage_key, f.thumbnail_key`;
const FROM = `
  FROM attachments a LEFT JOIN files f ON f.id = a.file_id LEFT JOIN messages m ON m.id = a.message_id LEFT JOIN conversations c ON c.id = m.conversation_id`;

// A paper of the mailroom is the business of everybody who works for its brand, until it is filed.
const SCANNED = `EXISTS (SELECT FROM scans s JOIN inboxes i ON i.id = s.inbox_id WHERE s.attachment_id = a.id AND (cardinality($4::uuid[]) = 0 OR i.brand_id = ANY ($4::uuid[])))`;

/** Files as somebody may see them: those of conversations that they may see, and their own uploads that are not sent yet. */
export class AttachmentView {
  constructor(private readonly queries: Queries) {}

  async find(viewer: Viewer, uploader: string, id: string): Promise<AttachmentFile | undefined> {
    const [row] = await this.queries.query<AttachmentFile>({
      name: 'attachment-visible',
      text: `SELECT ${COLUMNS} ${FROM} WHERE a.id = $1 AND CASE WHEN a.message_id IS NULL THEN f.uploaded_by = $2 OR ${SCANNED} ELSE ${visibleTo('c', 3)} END`,
      values: [id, uploader, ...visibleValues(viewer)],
    });
    return row;
  }

  /** For those who hold a signed link. */
  async byId(id: string): Promise<AttachmentFile | undefined> {
    const [row] = await this.queries.query<AttachmentFile>({
      name: 'attachment-by-id',
      text: `SELECT ${COLUMNS} ${FROM} WHERE a.id = $1`,
      values: [id],
    });
    return row;
  }

  /** The conversation that the message of an attachment is in now. */
  async conversationOf(queries: Queries, id: string): Promise<string | undefined> {
    const [row] = await queries.query<{ conversation_id: string }>({
      name: 'attachment-conversation',
      text: 'SELECT m.conversation_id FROM attachments a JOIN messages m ON m.id = a.message_id WHERE a.id = $1',
      values: [id],
    });
    return row?.conversation_id;
  }
}
