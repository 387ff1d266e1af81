import { newId, type Queries, type Seal, type Transaction, type Wakeups } from '@claimline/database';

/** One configured line to the outside world, without its secrets. */
export interface InboxRow {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly address: string;
  /** ISO 3166-1 alpha-2. */
  readonly region: string;
  readonly brand_id: string;
  readonly team_id: string | null;
  readonly config: Record<string, unknown>;
  readonly state: 'active' | 'stopped';
  readonly stopped_reason: string | null;
  /** Messages per second at most; null: as fast as the vendor takes them. */
  readonly sends_per_second: number | null;
  readonly demo: boolean;
  /** Grows with every change of the configuration. */
  readonly version: number;
  readonly last_inbound_at: Date | null;
  readonly created_at: Date;
}

/** What makes an inbox. `config` has passed the kind's schema. */
export interface NewInbox {
  readonly id?: string;
  readonly kind: string;
  readonly name: string;
  readonly address: string;
  readonly region: string;
  readonly brandId: string;
  readonly teamId?: string | null;
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, unknown>>;
  readonly sendsPerSecond?: number | null;
  readonly demo?: boolean;
  readonly at: Date;
}

/** What an administrator changes; what is left out stays. */
export interface InboxChange {
  readonly name?: string;
  readonly address?: string;
  readonly region?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
  readonly state?: 'active' | 'stopped';
  readonly sendsPerSecond?: number | null;
}

/** The reason on an inbox that a person has stopped: only a person starts it again. */
export const BY_PERSON = 'stopped-by-person';

const COLUMNS =
  'id, kind, name, address, region, brand_id, team_id, config, state, stopped_reason, sends_per_second, demo, version, last_inbound_at, created_at';

/** The configured lines. Secrets lie sealed and come out only through {@link Inboxes.secrets}. */
export class Inboxes {
  constructor(
    private readonly seal: Seal,
    private readonly wakeups: Wakeups,
  ) {}

  async all(queries: Queries): Promise<InboxRow[]> {
    return queries.query<InboxRow>({ name: 'inboxes-all', text: `SELECT ${COLUMNS} FROM inboxes ORDER BY created_at, id`, values: [] });
  }

  async find(queries: Queries, id: string): Promise<InboxRow | undefined> {
    const [row] = await queries.query<InboxRow>({ name: 'inbox-find', text: `SELECT ${COLUMNS} FROM inboxes WHERE id = $1`, values: [id] });
    return row;
  }

  async lock(tx: Transaction, id: string): Promise<InboxRow | undefined> {
    const [row] = await tx.query<InboxRow>({
      name: 'inbox-lock',
      text: `SELECT ${COLUMNS} FROM inboxes WHERE id = $1 FOR UPDATE`,
      values: [id],
    });
    return row;
  }

  /** @throws Error when the key that sealed them is no longer among ours */
  async secrets(queries: Queries, id: string): Promise<Record<string, unknown>> {
    const [row] = await queries.query<{ key_id: string; sealed: Buffer }>({
      name: 'inbox-secrets',
      text: 'SELECT secrets_key_id AS key_id, secrets_sealed AS sealed FROM inboxes WHERE id = $1',
      values: [id],
    });
    return row ? (JSON.parse(this.seal.open({ keyId: row.key_id, sealed: row.sealed }).toString('utf8')) as Record<string, unknown>) : {};
  }

  /** Undefined when there is already an inbox of that kind with that address. */
  async make(tx: Transaction, inbox: NewInbox): Promise<InboxRow | undefined> {
    const { keyId, sealed } = this.sealed(inbox.secrets);
    const [row] = await tx.query<InboxRow>({
      name: 'inbox-make',
      text: `INSERT INTO inboxes (id, kind, name, address, region, brand_id, team_id, config, secrets_key_id, secrets_sealed, sends_per_second, demo, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (kind, address) DO NOTHING RETURNING ${COLUMNS}`,
      values: [
        inbox.id ?? newId(inbox.at),
        inbox.kind,
        inbox.name,
        inbox.address,
        inbox.region,
        inbox.brandId,
        inbox.teamId ?? null,
        JSON.stringify(inbox.config),
        keyId,
        sealed,
        inbox.sendsPerSecond ?? null,
        inbox.demo ?? false,
        inbox.at,
      ],
    });
    if (row) this.wakeAfter(tx);
    return row;
  }

  /** Fails with 23505 when another inbox of the kind has the new address. */
  async change(tx: Transaction, id: string, change: InboxChange): Promise<InboxRow> {
    const secrets = change.secrets && this.sealed({ ...(await this.secrets(tx, id)), ...change.secrets });
    const [row] = await tx.query<InboxRow>({
      name: 'inbox-change',
      text: `UPDATE inboxes SET name = coalesce($2, name), address = coalesce($3, address), region = coalesce($4, region), config = coalesce($5::jsonb, config),
               secrets_key_id = coalesce($6, secrets_key_id), secrets_sealed = coalesce($7, secrets_sealed), state = coalesce($8, state),
               stopped_reason = CASE $8 WHEN 'active' THEN NULL WHEN 'stopped' THEN '${BY_PERSON}' ELSE stopped_reason END,
               sends_per_second = CASE WHEN $9::boolean THEN $10 ELSE sends_per_second END, version = version + 1
             WHERE id = $1 RETURNING ${COLUMNS}`,
      values: [
        id,
        change.name ?? null,
        change.address ?? null,
        change.region ?? null,
        change.config ? JSON.stringify(change.config) : null,
        secrets?.keyId ?? null,
        secrets?.sealed ?? null,
        change.state ?? null,
        change.sendsPerSecond !== undefined,
        change.sendsPerSecond ?? null,
      ],
    });
    if (change.state === 'active') await this.release(tx, id);
    this.wakeAfter(tx);
    return row!;
  }

  /** What waited for this inbox to be mended is due as it was before, not at its next look. Taken rows are skipped: whoever holds them decides. */
  private async release(tx: Transaction, id: string): Promise<void> {
    // Two states with an index each; as a list of states they have none together, and every delivery ever sent would be read.
    await tx.query({
      name: 'inbox-release',
      text: `UPDATE deliveries SET due_at = created_at WHERE id IN (
               SELECT id FROM deliveries WHERE inbox_id = $1 AND (state = 'due' OR state = 'held') AND reason = 'inbox-stopped' FOR UPDATE SKIP LOCKED)`,
      values: [id],
    });
  }

  /** Stops an active inbox, so that nothing leaves by it; false when it already was, or has been changed since `version`. */
  async stop(tx: Transaction, id: string, reason: string, version: number): Promise<boolean> {
    const rows = await tx.query({
      name: 'inbox-stop',
      text: `UPDATE inboxes SET state = 'stopped', stopped_reason = $2, version = version + 1 WHERE id = $1 AND state = 'active' AND version = $3 RETURNING 1`,
      values: [id, reason.slice(0, 500), version],
    });
    if (rows.length > 0) this.wakeAfter(tx);
    return rows.length > 0;
  }

  /** Notes that something came in by this line; to ten seconds, so that a busy line does not rewrite its row a thousand times a second. */
  async sawInbound(tx: Transaction, id: string, at: Date): Promise<void> {
    await tx.query({
      name: 'inbox-saw-inbound',
      text: `UPDATE inboxes SET last_inbound_at = $2 WHERE id = $1 AND (last_inbound_at IS NULL OR last_inbound_at < $2::timestamptz - interval '10 seconds')`,
      values: [id, at],
    });
  }

  private sealed(secrets: Readonly<Record<string, unknown>>): { keyId: string; sealed: Buffer } {
    return this.seal.seal(Buffer.from(JSON.stringify(secrets), 'utf8'));
  }

  private wakeAfter(tx: Transaction): void {
    tx.afterCommit(() => {
      this.wakeups.wake('inboxes');
      this.wakeups.wake('deliveries');
    });
  }
}
