import type { Client } from 'pg';
import { secondsSince } from './rendering';

interface Index {
  readonly name: string;
  readonly definition: string;
}

/** The tables that a fill is about, and who hears how long their indexes took. */
export interface Filled {
  readonly tables: readonly string[];
  readonly log: (line: string) => void;
}

/**
 * Fills tables while their secondary indexes are away, and makes them again over all rows at once: a tenth of the time for a GIN index.
 * Keys and unique constraints stay. Where the fill fails the indexes are made again, too.
 */
export async function withoutIndexes(client: Client, { tables, log }: Filled, fill: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<Index>(
    `SELECT i.indexname AS name, i.indexdef AS definition FROM pg_indexes i
     WHERE i.schemaname = current_schema() AND i.tablename = ANY ($1)
       AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = format('%I', i.indexname)::regclass) ORDER BY 1`,
    [tables],
  );
  await allOrNone(
    client,
    rows.map(({ name }) => `DROP INDEX ${name}`),
  );
  try {
    await fill();
  } finally {
    const begun = performance.now();
    for (const { definition } of rows) await client.query(definition);
    log(`${tables.join(', ')}: ${rows.length} indexes in ${secondsSince(begun)} s`);
  }
}

/** Does something while nobody cleans up in these tables on their own: who fills them does it once, in the end. */
export async function withoutAutovacuum(client: Client, tables: readonly string[], work: () => Promise<void>): Promise<void> {
  await allOrNone(
    client,
    tables.map((table) => `ALTER TABLE ${table} SET (autovacuum_enabled = off)`),
  );
  try {
    await work();
  } finally {
    await allOrNone(
      client,
      tables.map((table) => `ALTER TABLE ${table} RESET (autovacuum_enabled)`),
    );
  }
}

// Statements in one message are one transaction (PostgreSQL, "Multiple Statements in a Simple Query").
const allOrNone = (client: Client, statements: readonly string[]): Promise<unknown> => client.query(statements.join(';'));
