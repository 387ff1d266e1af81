import { newId, type Queries, type Transaction } from '@claimline/database';

/** A scan's row. */
export interface ScanRow {
  readonly id: string;
  readonly inbox_id: string;
  readonly attachment_id: string;
  readonly name: string;
  readonly pages: number | null;
  readonly words: string;
  readonly sender: string;
  readonly received_on: string;
  readonly state: 'waiting' | 'filed' | 'set-aside';
  readonly split_from: string | null;
  readonly message_id: string | null;
  readonly claim_number: string | null;
  readonly created_at: Date;
}

/** A scan as it is handed in. */
export interface NewScan {
  readonly inboxId: string;
  readonly attachmentId: string;
  readonly name: string;
  readonly pages: number | null;
  readonly words: string;
  readonly sender: string;
  /** ISO 8601 calendar day of the stamp. */
  readonly receivedOn: string;
  readonly splitFrom: string | null;
  readonly by: string;
  readonly at: Date;
}

const COLUMNS =
  'id, inbox_id, attachment_id, name, pages, words, sender, received_on::text AS received_on, state, split_from, message_id, claim_number, created_at';

/** What the mailroom has scanned: kept from the moment it is uploaded, so that a page that is closed loses nothing. */
export class Scans {
  async add(tx: Transaction, scan: NewScan): Promise<string> {
    const id = newId(scan.at);
    await tx.query({
      name: 'scan-add',
      text: `INSERT INTO scans (id, inbox_id, attachment_id, name, pages, words, sender, received_on, split_from, uploaded_by, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      values: [
        id,
        scan.inboxId,
        scan.attachmentId,
        scan.name,
        scan.pages,
        scan.words,
        scan.sender,
        scan.receivedOn,
        scan.splitFrom,
        scan.by,
        scan.at,
      ],
    });
    return id;
  }

  async find(queries: Queries, id: string): Promise<ScanRow | undefined> {
    const [row] = await queries.query<ScanRow>({ name: 'scan-find', text: `SELECT ${COLUMNS} FROM scans WHERE id = $1`, values: [id] });
    return row;
  }

  /** The row, locked: two clerks cannot file one paper twice. */
  async lock(tx: Transaction, id: string): Promise<ScanRow | undefined> {
    const [row] = await tx.query<ScanRow>({
      name: 'scan-lock',
      text: `SELECT ${COLUMNS} FROM scans WHERE id = $1 FOR UPDATE`,
      values: [id],
    });
    return row;
  }

  /** Corrects what the clerk wrote on it; what is not given stays. */
  async describe(tx: Transaction, id: string, what: { readonly sender?: string; readonly receivedOn?: string }): Promise<void> {
    await tx.query({
      name: 'scan-describe',
      text: 'UPDATE scans SET sender = coalesce($2, sender), received_on = coalesce($3::date, received_on) WHERE id = $1',
      values: [id, what.sender ?? null, what.receivedOn ?? null],
    });
  }

  async filed(
    tx: Transaction,
    id: string,
    where: { readonly messageId: string; readonly claimNumber: string; readonly by: string; readonly at: Date },
  ): Promise<void> {
    await tx.query({
      name: 'scan-filed',
      text: `UPDATE scans SET state = 'filed', message_id = $2, claim_number = $3, settled_by = $4, settled_at = $5 WHERE id = $1`,
      values: [id, where.messageId, where.claimNumber, where.by, where.at],
    });
  }

  /** Puts a paper away (advertising, a double scan) or takes it back. */
  async setAside(tx: Transaction, id: string, aside: boolean, { by, at }: { readonly by: string; readonly at: Date }): Promise<void> {
    await tx.query({
      name: 'scan-aside',
      text: `UPDATE scans SET state = $2, settled_by = $3, settled_at = $4 WHERE id = $1`,
      values: [id, aside ? 'set-aside' : 'waiting', aside ? by : null, aside ? at : null],
    });
  }

  /** The pages that stay when some were split off, as a new file. */
  async replace(
    tx: Transaction,
    id: string,
    file: { readonly attachmentId: string; readonly pages: number; readonly words: string },
  ): Promise<void> {
    await tx.query({
      name: 'scan-replace',
      text: 'UPDATE scans SET attachment_id = $2, pages = $3, words = $4 WHERE id = $1',
      values: [id, file.attachmentId, file.pages, file.words],
    });
  }
}
