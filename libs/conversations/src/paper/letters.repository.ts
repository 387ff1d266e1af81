import type { Queries, Transaction } from '@claimline/database';

/** A letter's row. */
export interface LetterRow {
  readonly delivery_id: string;
  readonly inbox_id: string;
  readonly message_id: string;
  readonly attachment_id: string;
  readonly state: 'to-post' | 'posted' | 'returned';
  readonly posted_on: string | null;
}

const COLUMNS = 'delivery_id, inbox_id, message_id, attachment_id, state, posted_on::text AS posted_on';

/** Letters of ours, from the tray to the post. */
export class Letters {
  /** False when the letter of this delivery lies there already. */
  async lay(
    tx: Transaction,
    letter: {
      readonly deliveryId: string;
      readonly inboxId: string;
      readonly messageId: string;
      readonly attachmentId: string;
      readonly at: Date;
    },
  ): Promise<boolean> {
    const rows = await tx.query({
      name: 'letter-lay',
      text: `INSERT INTO letters (delivery_id, inbox_id, message_id, attachment_id, made_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (delivery_id) DO NOTHING RETURNING 1`,
      values: [letter.deliveryId, letter.inboxId, letter.messageId, letter.attachmentId, letter.at],
    });
    return rows.length > 0;
  }

  async find(queries: Queries, deliveryId: string): Promise<LetterRow | undefined> {
    const [row] = await queries.query<LetterRow>({
      name: 'letter-find',
      text: `SELECT ${COLUMNS} FROM letters WHERE delivery_id = $1`,
      values: [deliveryId],
    });
    return row;
  }

  /** False when it was posted before: the first day stands. */
  async posted(tx: Transaction, deliveryId: string, on: string, by: string): Promise<boolean> {
    const rows = await tx.query({
      name: 'letter-posted',
      text: `UPDATE letters SET state = 'posted', posted_on = $2, posted_by = $3 WHERE delivery_id = $1 AND state = 'to-post' RETURNING 1`,
      values: [deliveryId, on, by],
    });
    return rows.length > 0;
  }

  /** False when it never left, or came back before. */
  async returned(tx: Transaction, deliveryId: string, on: string): Promise<boolean> {
    const rows = await tx.query({
      name: 'letter-returned',
      text: `UPDATE letters SET state = 'returned', returned_on = $2 WHERE delivery_id = $1 AND state = 'posted' RETURNING 1`,
      values: [deliveryId, on],
    });
    return rows.length > 0;
  }
}
