import { newId, type Queries, type Transaction } from '@claimline/database';
import type { MediaRef } from '@claimline/messages';

/** Where a file of a message stands. `pending`: still with the vendor. `quarantined`: here, and nobody may open it. */
export type AttachmentState = 'pending' | 'stored' | 'failed' | 'quarantined';

/** An attachment with its file, where the bytes are here. */
export interface AttachmentRow {
  readonly id: string;
  /** Null: uploaded, and not yet part of a message. */
  readonly message_id: string | null;
  readonly conversation_id: string | null;
  readonly place: number;
  readonly file_id: string | null;
  readonly inbox_id: string | null;
  /** How the provider speaks of it; null once it is settled or where the bytes came along. */
  readonly media: MediaRef | null;
  readonly name: string;
  readonly content_type: string;
  readonly size: string | null;
  readonly duration: number | null;
  readonly transcript: string | null;
  readonly content_id: string | null;
  readonly state: AttachmentState;
  readonly problem: string | null;
  readonly attempts: number;
  readonly created_at: Date;
  readonly storage_key: string | null;
  readonly sha256: Buffer | null;
  readonly thumbnail_key: string | null;
  readonly uploaded_by: string | null;
}

/** An attachment as it is first written. */
export interface NewAttachment {
  readonly messageId: string | null;
  readonly conversationId: string | null;
  readonly place: number;
  readonly fileId: string | null;
  readonly inboxId: string | null;
  readonly media: MediaRef | null;
  readonly name: string;
  readonly contentType: string;
  readonly size: number | null;
  readonly state: AttachmentState;
  readonly problem?: string | null;
  readonly about?: Pick<MediaRef, 'durationSeconds' | 'transcript' | 'contentId'>;
  readonly at: Date;
}

/** What became of an attachment that was on its way. */
export interface Settled {
  readonly state: Exclude<AttachmentState, 'pending'>;
  /** What came, where something did. */
  readonly file?: { readonly id: string; readonly size: number; readonly contentType: string };
  readonly name?: string;
  readonly problem?: string;
}

const COLUMNS = `
  a.id, a.message_id, a.conversation_id, a.place, a.file_id, a.inbox_id, a.media, a.name, coalesce(f.content_type, a.content_type) AS content_type, coalesce(f.size, a.size) AS size,
  a.duration, a.transcript, a.content_id, a.state, a.problem, a.attempts, a.created_at, f.storage_key, f.sha256, f.thumbnail_key, f.uploaded_by`;
const FROM = 'FROM attachments a LEFT JOIN files f ON f.id = a.file_id';

/** Attachments as rows: the files of messages and where each stands. */
export class Attachments {
  /** Returns the new id. */
  async add(queries: Queries, attachment: NewAttachment): Promise<string> {
    const id = newId(attachment.at);
    const { about, media } = attachment;
    await queries.query({
      name: 'attachment-add',
      text: `INSERT INTO attachments (id, message_id, conversation_id, place, file_id, inbox_id, media, name, content_type, size, state, problem, duration, transcript, content_id, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      values: [
        id,
        attachment.messageId,
        attachment.conversationId,
        attachment.place,
        attachment.fileId,
        attachment.inboxId,
        media && JSON.stringify({ ...media, content: undefined }),
        attachment.name,
        attachment.contentType,
        attachment.size,
        attachment.state,
        attachment.problem ?? null,
        about?.durationSeconds === undefined ? null : Math.round(about.durationSeconds),
        withoutNul(about?.transcript),
        withoutNul(about?.contentId),
        attachment.at,
      ],
    });
    return id;
  }

  async find(queries: Queries, id: string): Promise<AttachmentRow | undefined> {
    const [row] = await queries.query<AttachmentRow>({
      name: 'attachment-find',
      text: `SELECT ${COLUMNS} ${FROM} WHERE a.id = $1`,
      values: [id],
    });
    return row;
  }

  /** In the order in which the sender gave them. */
  async ofMessage(queries: Queries, messageId: string): Promise<AttachmentRow[]> {
    return queries.query<AttachmentRow>({
      name: 'attachments-of-message',
      text: `SELECT ${COLUMNS} ${FROM} WHERE a.message_id = $1 ORDER BY a.place, a.id`,
      values: [messageId],
    });
  }

  /** The row, locked, while it is still on its way; undefined when somebody has settled it. */
  async lockPending(tx: Transaction, id: string): Promise<{ id: string } | undefined> {
    const [row] = await tx.query<{ id: string }>({
      name: 'attachment-lock-pending',
      text: `SELECT id FROM attachments WHERE id = $1 AND state = 'pending' FOR UPDATE`,
      values: [id],
    });
    return row;
  }

  async settle(tx: Transaction, id: string, settled: Settled): Promise<void> {
    await tx.query({
      name: 'attachment-settle',
      text: 'UPDATE attachments SET state = $2, file_id = $3, size = coalesce($4, size), content_type = coalesce($5, content_type), name = coalesce($6, name), problem = $7, attempts = attempts + 1 WHERE id = $1',
      values: [
        id,
        settled.state,
        settled.file?.id ?? null,
        settled.file?.size ?? null,
        settled.file?.contentType ?? null,
        settled.name ?? null,
        settled.problem?.slice(0, 300) ?? null,
      ],
    });
  }

  /** Writes down what is said in a recording, which its provider knows by this key. */
  async transcribe(tx: Transaction, messageId: string, mediaKey: string, transcript: string): Promise<void> {
    await tx.query({
      name: 'attachment-transcribe',
      text: `UPDATE attachments SET transcript = $3 WHERE message_id = $1 AND media->>'key' = $2`,
      values: [messageId, mediaKey, withoutNul(transcript)],
    });
  }

  /** Writes down that it did not come this time; returns how often that was. */
  async missed(tx: Transaction, id: string, problem: string): Promise<number> {
    const [row] = await tx.query<{ attempts: number }>({
      name: 'attachment-missed',
      text: 'UPDATE attachments SET attempts = attempts + 1, problem = $2 WHERE id = $1 RETURNING attempts',
      values: [id, problem.slice(0, 300)],
    });
    return row?.attempts ?? 0;
  }

  /** Makes uploads part of a message, in this order; false unless every one of them is this uploader's, stored, and not yet given to a message. */
  async give(
    tx: Transaction,
    ids: readonly string[],
    uploader: string,
    to: { readonly messageId: string; readonly conversationId: string },
  ): Promise<boolean> {
    const rows = await tx.query({
      name: 'attachments-give',
      text: `UPDATE attachments a SET message_id = $3, conversation_id = $4, place = wanted.place - 1
             FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted(id, place), files f
             WHERE a.id = wanted.id AND f.id = a.file_id AND f.uploaded_by = $2 AND a.message_id IS NULL AND a.state = 'stored' RETURNING a.id`,
      values: [ids, uploader, to.messageId, to.conversationId],
    });
    return rows.length === ids.length;
  }

  /** Makes a file that the house holds (a scan of the mailroom) part of a message, whoever uploaded it. False when it is part of one already. */
  async hand(tx: Transaction, id: string, to: { readonly messageId: string; readonly conversationId: string }): Promise<boolean> {
    const rows = await tx.query({
      name: 'attachment-hand',
      text: `UPDATE attachments SET message_id = $2, conversation_id = $3 WHERE id = $1 AND message_id IS NULL AND state = 'stored' RETURNING 1`,
      values: [id, to.messageId, to.conversationId],
    });
    return rows.length > 0;
  }

  /** Makes one upload part of a message, at a place in it; false unless it is this uploader's, stored, and not yet given to a message. */
  async giveOne(
    tx: Transaction,
    id: string,
    uploader: string,
    to: { readonly messageId: string; readonly conversationId: string; readonly place: number },
  ): Promise<boolean> {
    const rows = await tx.query({
      name: 'attachment-give-one',
      text: `UPDATE attachments a SET message_id = $3, conversation_id = $4, place = $5 FROM files f
             WHERE a.id = $1 AND f.id = a.file_id AND f.uploaded_by = $2 AND a.message_id IS NULL AND a.state = 'stored' RETURNING a.id`,
      values: [id, uploader, to.messageId, to.conversationId, to.place],
    });
    return rows.length > 0;
  }
}

// PostgreSQL keeps no U+0000 in text.
const withoutNul = (text: string | undefined): string | null => text?.replaceAll('\u0000', '\uFFFD') ?? null;
