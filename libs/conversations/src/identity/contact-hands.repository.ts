import type { Queries, Transaction } from '@claimline/database';
import type { Moved } from './contact-changes.repository';

interface Owned {
  readonly table: string;
  readonly column: string;
}

/** Moves what belongs to one contact to another, and back. Everything that names a contact moves, whichever room it is of. */
export class ContactHands {
  /** All that is the other's becomes the kept one's; answers what that was. Both contacts are locked, in the order of their ids. */
  async moveAll(tx: Transaction, from: string, to: string, at: Date): Promise<Omit<Moved, 'before'>> {
    await tx.query({
      name: 'hands-lock',
      text: 'SELECT 1 FROM contacts WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE',
      values: [[from, to]],
    });
    const closed = await this.closeTwins(tx, from, to, at);
    const rows: Record<string, string[]> = {};
    for (const { table, column } of await this.owned(tx)) {
      const ids = await this.hand(tx, { table, column }, { from, to });
      if (ids.length > 0) rows[`${table}.${column}`] = ids;
    }
    return { rows, closed, ...(await this.moveAddresses(tx, from, to, null)) };
  }

  /** Some addresses, and the conversations held by them, become the other's: one contact turns out to be two people. */
  async moveSome(tx: Transaction, from: string, to: string, addressIds: readonly string[]): Promise<Omit<Moved, 'before'>> {
    const conversations = await tx.query<{ id: string }>({
      name: 'hands-conversations-of-addresses',
      text: 'UPDATE conversations SET contact_id = $2 WHERE contact_id = $1 AND address_id = ANY ($3::uuid[]) AND party_id IS NULL RETURNING id',
      values: [from, to, addressIds],
    });
    return {
      rows: { 'conversations.contact_id': conversations.map(({ id }) => id) },
      closed: [],
      ...(await this.moveAddresses(tx, from, to, addressIds)),
    };
  }

  /** Gives back what was moved and is still where it was put; what has come since stays. */
  async giveBack(tx: Transaction, moved: Moved, { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
    for (const [name, ids] of Object.entries(moved.rows)) {
      const owned = (await this.owned(tx)).find(({ table, column }) => `${table}.${column}` === name);
      if (owned) await this.hand(tx, owned, { from, to }, ids);
    }
    await this.reopen(tx, moved.closed);
    await tx.query({
      name: 'hands-addresses-back',
      text: 'UPDATE addresses SET contact_id = $2 WHERE id = ANY ($3::uuid[]) AND contact_id = $1',
      values: [from, to, moved.addresses],
    });
    for (const { addressId, level, verifiedAt, since } of moved.holdings) {
      await tx.query({
        name: 'hands-hold-again',
        text: `INSERT INTO contact_addresses (contact_id, address_id, level, verified_at, since) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
        values: [to, addressId, level, verifiedAt, since],
      });
      // The address was the kept one's before only where they held it longer than since the merge.
      await tx.query({
        name: 'hands-unhold',
        text: `DELETE FROM contact_addresses WHERE contact_id = $1 AND address_id = $2 AND since = $3`,
        values: [from, addressId, since],
      });
    }
  }

  // Every column of every table that names a contact by a foreign key or by its usual name, in tables whose rows have an id; where a contact may
  // stand only once in a table, each keeps their own row. Codes and what was proved stay with whom they were made for.
  private async owned(queries: Queries): Promise<Owned[]> {
    return queries.query<Owned>({
      name: 'hands-owned',
      text: `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
             WHERE c.table_schema = current_schema() AND c.column_name IN ('contact_id', 'reporter_contact_id') AND c.data_type = 'uuid'
               AND c.table_name NOT IN ('addresses', 'contact_addresses', 'step_up_codes', 'portal_grants', 'payee_choices', 'consents')
               AND EXISTS (SELECT FROM information_schema.tables t WHERE t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE')
               AND EXISTS (SELECT FROM information_schema.columns i WHERE i.table_schema = c.table_schema AND i.table_name = c.table_name AND i.column_name = 'id' AND i.data_type = 'uuid')
               AND (c.table_name = 'conversations' OR NOT EXISTS (
                 SELECT FROM pg_index x JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = ANY (x.indkey)
                 WHERE x.indrelid = (quote_ident(c.table_schema) || '.' || quote_ident(c.table_name))::regclass AND x.indisunique AND a.attname = c.column_name))
             ORDER BY 1, 2`,
      values: [],
    });
  }

  private async hand(
    tx: Transaction,
    { table, column }: Owned,
    { from, to }: { readonly from: string; readonly to: string },
    ids: readonly string[] | null = null,
  ): Promise<string[]> {
    // The names come from the catalogue of this very database and are quoted; they cannot be parameters.
    const rows = await tx.query<{ id: string }>({
      name: `hands-${table}-${column}`,
      text: `UPDATE "${table}" SET "${column}" = $2 WHERE "${column}" = $1 AND ($3::uuid[] IS NULL OR id = ANY ($3::uuid[])) RETURNING id`,
      values: [from, to, ids],
    });
    return rows.map(({ id }) => id);
  }

  // Two open conversations about the same thing cannot both stay open under one contact: the older is closed, and whoever waits there waits in the other.
  private async closeTwins(tx: Transaction, from: string, to: string, at: Date): Promise<string[]> {
    const rows = await tx.query<{ id: string }>({
      name: 'hands-close-twins',
      text: `WITH twins AS (
               SELECT o.id, o.awaiting_reply, k.id AS kept_id FROM conversations o JOIN conversations k
                 ON k.contact_id = $2 AND k.status <> 'resolved' AND k.claim_id IS NOT DISTINCT FROM o.claim_id
               WHERE o.contact_id = $1 AND o.status <> 'resolved' FOR UPDATE
             ), waiting AS (
               UPDATE conversations k SET awaiting_reply = k.awaiting_reply OR t.awaiting_reply, status = CASE WHEN t.awaiting_reply THEN 'open' ELSE k.status END,
                 snoozed_until = CASE WHEN t.awaiting_reply THEN NULL ELSE k.snoozed_until END
               FROM twins t WHERE k.id = t.kept_id
             )
             UPDATE conversations o SET status = 'resolved', resolved_at = $3, snoozed_until = NULL, linked_from = coalesce(o.linked_from, t.kept_id)
             FROM twins t WHERE o.id = t.id RETURNING o.id`,
      values: [from, to, at],
    });
    return rows.map(({ id }) => id);
  }

  private async reopen(tx: Transaction, ids: readonly string[]): Promise<void> {
    await tx.query({
      name: 'hands-reopen',
      text: `UPDATE conversations c SET status = 'open', resolved_at = NULL WHERE c.id = ANY ($1::uuid[]) AND c.status = 'resolved'
               AND NOT EXISTS (SELECT FROM conversations o WHERE o.contact_id = c.contact_id AND o.status <> 'resolved' AND o.claim_id IS NOT DISTINCT FROM c.claim_id)`,
      values: [ids],
    });
  }

  // What was proved of one person is not proved of the other: every address that changes hands is a claimed one again (corrections.md §9).
  private async moveAddresses(
    tx: Transaction,
    from: string,
    to: string,
    only: readonly string[] | null,
  ): Promise<Pick<Moved, 'addresses' | 'holdings'>> {
    const values = [from, to, only];
    const addresses = await tx.query<{ id: string }>({
      name: 'hands-addresses',
      text: 'UPDATE addresses SET contact_id = $2 WHERE contact_id = $1 AND ($3::uuid[] IS NULL OR id = ANY ($3::uuid[])) RETURNING id',
      values,
    });
    const holdings = await tx.query<Moved['holdings'][number]>({
      name: 'hands-holdings',
      text: `WITH gone AS (
               DELETE FROM contact_addresses WHERE contact_id = $1 AND ($3::uuid[] IS NULL OR address_id = ANY ($3::uuid[]))
               RETURNING address_id, level, verified_at, since
             ), held AS (
               INSERT INTO contact_addresses (contact_id, address_id, level, verified_at, since) SELECT $2, address_id, 'claimed', NULL, since FROM gone ON CONFLICT DO NOTHING
             )
             SELECT address_id AS "addressId", level, verified_at AS "verifiedAt", since FROM gone`,
      values,
    });
    await tx.query({
      name: 'hands-claimed-again',
      text: `UPDATE contact_addresses SET level = 'claimed' WHERE contact_id = $1 AND address_id <> ALL ($2::uuid[])`,
      values: [to, holdings.map(({ addressId }) => addressId)],
    });
    return { addresses: addresses.map(({ id }) => id), holdings };
  }
}
