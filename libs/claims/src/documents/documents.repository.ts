import { newId, type Queries, type Transaction } from '@claimline/database';
import type { DocumentFile, DocumentItem } from './documents.entity';

const ITEM = `id, claim_id AS "claimId", party_id AS "partyId", code, place, state, reason, asked, requested_at AS "requestedAt", received_at AS "receivedAt",
  decided_at AS "decidedAt", decided_by AS "decidedBy", version, created_at AS "createdAt"`;
const FILE = `id, claim_id AS "claimId", item_id AS "itemId", attachment_id AS "attachmentId", sha256, channel, sender, contact_id AS "contactId", state, why,
  arrived_at AS "arrivedAt", decided_at AS "decidedAt", decided_by AS "decidedBy"`;

/** An item that is to be written. */
export interface NewItem {
  readonly claimId: string;
  readonly partyId: string | null;
  readonly code: string;
  readonly place: number;
}

/** What is kept of items and files before a step, to take it back. */
export interface Snapshot {
  readonly items: readonly DocumentItem[];
  readonly files: readonly Pick<DocumentFile, 'id' | 'itemId' | 'state' | 'why' | 'decidedAt' | 'decidedBy'>[];
  readonly requestId: string | null;
}

/** Items and files of checklists as rows. */
export class DocumentStore {
  /** One at a time per claim: whoever changes a checklist holds it. */
  async hold(tx: Transaction, claimId: string): Promise<void> {
    await tx.query({ name: 'documents-hold', text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 16))', values: [claimId] });
  }

  async items(queries: Queries, claimIds: readonly string[]): Promise<DocumentItem[]> {
    return queries.query<DocumentItem>({
      name: 'document-items',
      text: `SELECT ${ITEM} FROM document_items WHERE claim_id = ANY ($1::uuid[]) ORDER BY place, created_at, id`,
      values: [claimIds],
    });
  }

  async files(queries: Queries, claimId: string): Promise<DocumentFile[]> {
    return queries.query<DocumentFile>({
      name: 'document-files',
      text: `SELECT ${FILE} FROM document_files WHERE claim_id = $1 ORDER BY arrived_at, id`,
      values: [claimId],
    });
  }

  async fileOf(queries: Queries, attachmentId: string): Promise<DocumentFile | undefined> {
    const [row] = await queries.query<DocumentFile>({
      name: 'document-file-of',
      text: `SELECT ${FILE} FROM document_files WHERE attachment_id = $1`,
      values: [attachmentId],
    });
    return row;
  }

  /** Writes what is not there yet; returns how many that were. */
  async addItems(tx: Transaction, items: readonly NewItem[], at: Date): Promise<number> {
    if (items.length === 0) return 0;
    const rows = await tx.query({
      name: 'document-items-add',
      text: `INSERT INTO document_items (id, claim_id, party_id, code, place, created_at)
             SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::int[]) AS wanted(id, claim_id, party_id, code, place), (VALUES ($6::timestamptz)) AS made(at)
             ON CONFLICT DO NOTHING RETURNING 1`,
      values: [
        items.map(() => newId(at)),
        items.map(({ claimId }) => claimId),
        items.map(({ partyId }) => partyId),
        items.map(({ code }) => code),
        items.map(({ place }) => place),
        at,
      ],
    });
    return rows.length;
  }

  /** Gives items that were nobody's to the party that is known now. */
  async giveItems(tx: Transaction, claimId: string, partyId: string): Promise<void> {
    await tx.query({
      name: 'document-items-give',
      text: 'UPDATE document_items SET party_id = $2 WHERE claim_id = $1 AND party_id IS NULL',
      values: [claimId, partyId],
    });
  }

  /** Writes an item as it stands now, one version further. */
  async saveItem(tx: Transaction, item: DocumentItem): Promise<void> {
    await tx.query({
      name: 'document-item-save',
      text: `UPDATE document_items SET state = $2, reason = $3, asked = $4, requested_at = $5, received_at = $6, decided_at = $7, decided_by = $8, version = version + 1 WHERE id = $1`,
      values: [item.id, item.state, item.reason, item.asked, item.requestedAt, item.receivedAt, item.decidedAt, item.decidedBy],
    });
  }

  async addFile(tx: Transaction, file: DocumentFile): Promise<void> {
    await tx.query({
      name: 'document-file-add',
      text: `INSERT INTO document_files (id, claim_id, item_id, attachment_id, sha256, channel, sender, contact_id, state, why, arrived_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (attachment_id) DO NOTHING`,
      values: [
        file.id,
        file.claimId,
        file.itemId,
        file.attachmentId,
        file.sha256,
        file.channel,
        file.sender,
        file.contactId,
        file.state,
        file.why,
        file.arrivedAt,
      ],
    });
  }

  async saveFile(tx: Transaction, file: Snapshot['files'][number]): Promise<void> {
    await tx.query({
      name: 'document-file-save',
      text: 'UPDATE document_files SET item_id = $2, state = $3, why = $4, decided_at = $5, decided_by = $6 WHERE id = $1',
      values: [file.id, file.itemId, file.state, file.why, file.decidedAt, file.decidedBy],
    });
  }

  /** Remembers a step with how things were before it. */
  async addStep(
    tx: Transaction,
    step: { readonly claimId: string; readonly act: string; readonly by: string | null; readonly at: Date; readonly before: Snapshot },
  ): Promise<string> {
    const id = newId(step.at);
    await tx.query({
      name: 'document-step-add',
      text: 'INSERT INTO document_steps (id, claim_id, act, by, at, before) VALUES ($1, $2, $3, $4, $5, $6)',
      values: [id, step.claimId, step.act, step.by, step.at, JSON.stringify(step.before)],
    });
    return id;
  }

  /** Marks a step as taken back and returns how things were before it; undefined where it was taken back already or never was. */
  async takeStep(tx: Transaction, claimId: string, id: string, at: Date): Promise<{ act: string; before: Snapshot } | undefined> {
    const [row] = await tx.query<{ act: string; before: Snapshot }>({
      name: 'document-step-take',
      text: 'UPDATE document_steps SET undone_at = $3 WHERE id = $2 AND claim_id = $1 AND undone_at IS NULL RETURNING act, before',
      values: [claimId, id, at],
    });
    return row;
  }
}
