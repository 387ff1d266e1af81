import { newId, type Queries, type Seal, type Transaction } from '@claimline/database';
import type { RawDelivery } from './inbox-facts';

/** Something from outside that waits for a person, as it is stored. */
export interface NewNeedsLook {
  readonly inboxId: string | null;
  readonly rawId: string | null;
  readonly rawAt: Date | null;
  readonly reason: string;
  readonly detail: string;
  /** One entry per key: a provider that sends the same nonsense three times makes one line. */
  readonly key: string;
  readonly at: Date;
}

// Enough for a person to see what it is.
const BEGINNING = 16 * 1024;

const KEEP_NEW = `
  WITH input AS MATERIALIZED (
    SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bytea[], $7::uuid[], $8::timestamptz[], $9::text[])
      AS i(id, inbox_id, door, key_id, sealed, file_id, received_at, external_id)
  ), kept AS (
    INSERT INTO inbound_raw (id, inbox_id, door, key_id, sealed, file_id, received_at)
    SELECT id, inbox_id, door, key_id, sealed, file_id, received_at FROM input
  )
  INSERT INTO inbound_keys (inbox_id, kind, external_id, raw_id, at)
  SELECT inbox_id, $1, external_id, id, received_at FROM input ORDER BY inbox_id, external_id ON CONFLICT DO NOTHING RETURNING raw_id
`;

/** The journal: every delivery from outside as it came, the keys by which a redelivery is known, and what waits for a person. */
export class Journal {
  constructor(private readonly seal: Seal) {}

  /** Keeps the bytes, sealed: all of them, or the beginning of those that lie in the file store. Returns the id under which {@link read} finds them. */
  async keep(tx: Transaction, inboxId: string | null, raw: RawDelivery): Promise<string> {
    const id = newId(raw.receivedAt);
    const { keyId, sealed } = this.seal.seal(raw.fileId ? raw.body.subarray(0, BEGINNING) : raw.body);
    await tx.query({
      name: 'journal-keep',
      text: 'INSERT INTO inbound_raw (id, inbox_id, door, key_id, sealed, file_id, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      values: [id, inboxId, raw.door, keyId, sealed, raw.fileId ?? null, raw.receivedAt],
    });
    return id;
  }

  /**
   * Keeps many small ones that came together, each with its key of this kind; whether each key is new. Two of the same key must not be among them. What is
   * known already is kept all the same: it is what came.
   */
  async keepNew(
    tx: Transaction,
    kind: string,
    came: readonly { readonly inboxId: string; readonly externalId: string; readonly raw: RawDelivery }[],
  ): Promise<boolean[]> {
    const rows = came.map((one) => {
      const { raw } = one;
      return { ...one, ...this.seal.seal(raw.fileId ? raw.body.subarray(0, BEGINNING) : raw.body), id: newId(raw.receivedAt) };
    });
    const fresh = await tx.query<{ raw_id: string }>({
      name: 'journal-keep-new',
      text: KEEP_NEW,
      values: [
        kind,
        rows.map(({ id }) => id),
        rows.map(({ inboxId }) => inboxId),
        rows.map(({ raw }) => raw.door),
        rows.map(({ keyId }) => keyId),
        rows.map(({ sealed }) => sealed),
        rows.map(({ raw }) => raw.fileId ?? null),
        rows.map(({ raw }) => raw.receivedAt),
        rows.map(({ externalId }) => externalId),
      ],
    });
    const isNew = new Set(fresh.map((row) => row.raw_id));
    return rows.map(({ id }) => isNew.has(id));
  }

  /** Whether this key is new; from now on it is known. The unique key of the table decides, also between two servers. */
  async isNew(
    tx: Transaction,
    key: { inboxId: string; kind: string; externalId: string; rawId: string; messageId: string | null; at: Date },
  ): Promise<boolean> {
    const rows = await tx.query({
      name: 'journal-key',
      text: 'INSERT INTO inbound_keys (inbox_id, kind, external_id, raw_id, message_id, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING 1',
      values: [key.inboxId, key.kind, key.externalId, key.rawId, key.messageId, key.at],
    });
    return rows.length > 0;
  }

  /** The message that a key made, where it made one. */
  async messageOf(queries: Queries, inboxId: string, externalId: string): Promise<string | undefined> {
    const [row] = await queries.query<{ message_id: string | null }>({
      name: 'journal-message-of',
      text: `SELECT message_id FROM inbound_keys WHERE inbox_id = $1 AND kind = 'message' AND external_id = $2`,
      values: [inboxId, externalId],
    });
    return row?.message_id ?? undefined;
  }

  /** The body as it came; where `fileId` is set only its beginning, and the whole lies in the file store. */
  async read(
    queries: Queries,
    rawId: string,
    rawAt: Date,
  ): Promise<{ body: Buffer; door: string; inboxId: string | null; fileId: string | null } | undefined> {
    const [row] = await queries.query<{ key_id: string; sealed: Buffer; door: string; inbox_id: string | null; file_id: string | null }>({
      name: 'journal-read',
      text: 'SELECT key_id, sealed, door, inbox_id, file_id FROM inbound_raw WHERE received_at = $2 AND id = $1',
      values: [rawId, rawAt],
    });
    return (
      row && { body: this.seal.open({ keyId: row.key_id, sealed: row.sealed }), door: row.door, inboxId: row.inbox_id, fileId: row.file_id }
    );
  }

  /** Puts something before a person; undefined when it already is. */
  async putBeforePerson(tx: Transaction, item: NewNeedsLook): Promise<string | undefined> {
    const id = newId(item.at);
    const rows = await tx.query({
      name: 'needs-look-open',
      text: `INSERT INTO needs_look (id, inbox_id, raw_id, raw_at, reason, detail, key, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (key) DO NOTHING RETURNING 1`,
      values: [id, item.inboxId, item.rawId, item.rawAt, item.reason, item.detail.slice(0, 1000), item.key, item.at],
    });
    return rows.length > 0 ? id : undefined;
  }

  /** What stood before a person under this key has come right otherwise. Its id; undefined when nothing of the kind is open. */
  async settleByKey(
    tx: Transaction,
    key: string,
    settled: { state: 'replayed' | 'dismissed'; by: string | null; at: Date },
  ): Promise<string | undefined> {
    const [row] = await tx.query<{ id: string }>({
      name: 'needs-look-settle-key',
      text: `UPDATE needs_look SET state = $2, settled_by = $3, settled_at = $4 WHERE key = $1 AND state = 'open' RETURNING id`,
      values: [key, settled.state, settled.by, settled.at],
    });
    return row?.id;
  }

  /** One open item, locked, so that two people do not replay it at once. */
  async lockNeedsLook(tx: Transaction, id: string): Promise<NeedsLookRow | undefined> {
    const [row] = await tx.query<NeedsLookRow>({
      name: 'needs-look-lock',
      text: 'SELECT * FROM needs_look WHERE id = $1 FOR UPDATE',
      values: [id],
    });
    return row;
  }

  async settleNeedsLook(
    tx: Transaction,
    id: string,
    settled: { state: 'replayed' | 'dismissed'; by: string | null; at: Date },
  ): Promise<void> {
    await tx.query({
      name: 'needs-look-settle',
      text: 'UPDATE needs_look SET state = $2, settled_by = $3, settled_at = $4 WHERE id = $1',
      values: [id, settled.state, settled.by, settled.at],
    });
  }
}

export interface NeedsLookRow {
  readonly id: string;
  readonly inbox_id: string | null;
  readonly raw_id: string | null;
  readonly raw_at: Date | null;
  readonly reason: string;
  readonly detail: string;
  readonly state: 'open' | 'replayed' | 'dismissed';
  readonly received_at: Date;
}
