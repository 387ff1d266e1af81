import { newId, type Queries, type Transaction } from '@claimline/database';
import type { ConsentPurpose } from './consent-scope';

/** What the ledger last heard for one address on one channel and purpose. */
export interface ConsentEntry {
  readonly addressId: string;
  readonly channel: string;
  readonly purpose: ConsentPurpose;
  readonly state: 'granted' | 'opted-out';
  readonly source: string;
  readonly at: Date;
}

/** A line to be written. Evidence holds ids and codes, never the words. */
export interface NewConsent extends ConsentEntry {
  readonly evidence: Readonly<Record<string, string>>;
  /** The wording that was agreed to, where the purpose has one. */
  readonly textVersion?: string | null;
}

/** The consent ledger: appended to, never changed. The latest entry counts. */
export class ConsentRepository {
  async append(tx: Transaction, entries: readonly NewConsent[]): Promise<void> {
    if (entries.length === 0) return;
    const rows = entries.map((entry) => ({ ...entry, id: newId(entry.at) }));
    await tx.query({
      name: 'consents-append',
      text: `INSERT INTO consents (id, address_id, channel, purpose, state, source, evidence, at, text_version)
             SELECT id, "addressId", channel, purpose, state, source, evidence, at, "textVersion"
             FROM jsonb_to_recordset($1::jsonb) AS told(id uuid, "addressId" uuid, channel text, purpose text, state text, source text, evidence jsonb, at timestamptz, "textVersion" text)`,
      values: [JSON.stringify(rows)],
    });
  }

  /** The latest of every channel and purpose of these addresses. */
  async latest(queries: Queries, addressIds: readonly string[]): Promise<ConsentEntry[]> {
    if (addressIds.length === 0) return [];
    return queries.query<ConsentEntry>({
      name: 'consents-latest',
      text: `SELECT DISTINCT ON (address_id, channel, purpose) address_id AS "addressId", channel, purpose, state, source, at
             FROM consents WHERE address_id = ANY($1) ORDER BY address_id, channel, purpose, at DESC, id DESC`,
      values: [addressIds],
    });
  }

  /** The latest of one. */
  async latestOf(queries: Queries, addressId: string, channel: string, purpose: ConsentPurpose): Promise<ConsentEntry | undefined> {
    const [row] = await queries.query<ConsentEntry>({
      name: 'consent-latest-of',
      brief: true,
      text: `SELECT address_id AS "addressId", channel, purpose, state, source, at FROM consents
             WHERE address_id = $1 AND channel = $2 AND purpose = $3 ORDER BY at DESC, id DESC LIMIT 1`,
      values: [addressId, channel, purpose],
    });
    return row;
  }

  /** Holds an address: of two STOPs at once the second sees the first. */
  async hold(tx: Transaction, addressIds: readonly string[]): Promise<void> {
    await tx.query({
      name: 'consents-hold',
      text: 'SELECT id FROM addresses WHERE id = ANY($1) ORDER BY id FOR UPDATE',
      values: [addressIds],
    });
  }
}
