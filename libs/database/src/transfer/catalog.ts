import { type Client, escapeIdentifier } from 'pg';
import type { ArchivedPartition, ArchivedSequence, ArchivedTable } from './archive-format';

/** The table of migrations that have run; the target writes its own. */
const MIGRATIONS_TABLE = 'schema_migrations';

/**
 * Ours and lasting (unlogged tables are counters that may vanish any time); nothing that belongs to PostgreSQL, to an extension, or to
 * the job queue: its jobs stay behind (see the room's README).
 */
const OURS = `
  n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'graphile_worker')
  AND c.relpersistence = 'p' AND c.relname <> '${MIGRATIONS_TABLE}'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`;

/** The same texts for dates and times on both sides, no time limits, and an error instead of rows hidden by a policy. */
export async function prepareSession(client: Client): Promise<void> {
  await client.query(`
    SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET row_security = off;
    SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0`);
}

/** A table's name as SQL takes it. */
export function qualified({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
}

/** Every table of ours with the columns that can be written; pieces of a partitioned table count as their parent. */
export async function listTables(client: Client): Promise<ArchivedTable[]> {
  const { rows } = await client.query<ArchivedTable>(`
    SELECT n.nspname::text AS schema, c.relname::text AS name,
           array(SELECT a.attname::text FROM pg_attribute a
                 WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${OURS}
    ORDER BY 1, 2`);
  return rows;
}

/** The pieces of our partitioned tables. */
export async function listPartitions(client: Client): Promise<ArchivedPartition[]> {
  const { rows } = await client.query<ArchivedPartition>(`
    SELECT n.nspname::text AS schema, c.relname::text AS name, p.relname::text AS parent, pg_get_expr(c.relpartbound, c.oid) AS bound
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_inherits i ON i.inhrelid = c.oid JOIN pg_class p ON p.oid = i.inhparent
    WHERE c.relkind = 'r' AND c.relispartition AND ${OURS}
    ORDER BY 1, 2`);
  return rows;
}

/** Where our sequences stand; one that was never used is left out. */
export async function listSequences(client: Client): Promise<ArchivedSequence[]> {
  const { rows } = await client.query<ArchivedSequence>(`
    SELECT n.nspname::text AS schema, c.relname::text AS name, s.last_value::text AS last
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_sequences s ON s.schemaname = n.nspname AND s.sequencename = c.relname
    WHERE c.relkind = 'S' AND s.last_value IS NOT NULL AND ${OURS}
    ORDER BY 1, 2`);
  return rows;
}

/** Which table must be there before which, by foreign key: `[table, needs]` as qualified names. */
export async function listNeeds(client: Client): Promise<[string, string][]> {
  const { rows } = await client.query<{ table: string[]; needs: string[] }>(`
    SELECT ARRAY[tn.nspname::text, t.relname::text] AS table, ARRAY[rn.nspname::text, r.relname::text] AS needs
    FROM pg_constraint k
    JOIN pg_class t ON t.oid = k.conrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
    JOIN pg_class r ON r.oid = k.confrelid JOIN pg_namespace rn ON rn.oid = r.relnamespace
    WHERE k.contype = 'f' AND k.conparentid = 0 AND k.conrelid <> k.confrelid AND NOT k.condeferrable`);
  const nameOf = ([schema = '', name = '']: string[]) => qualified({ schema, name });
  return rows.map(({ table, needs }) => [nameOf(table), nameOf(needs)]);
}

/** The schema's version: the migrations that have run, oldest first; empty before the first. */
export async function listMigrations(client: Client): Promise<string[]> {
  const { rows: found } = await client.query<{ there: boolean }>(`SELECT to_regclass('${MIGRATIONS_TABLE}') IS NOT NULL AS there`);
  if (!found[0]?.there) return [];
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${MIGRATIONS_TABLE} ORDER BY id`);
  return rows.map(({ name }) => name);
}

/** How many jobs wait in the job queue. */
export async function countJobs(client: Client): Promise<number> {
  const { rows: found } = await client.query<{ there: boolean }>(`SELECT to_regclass('graphile_worker.jobs') IS NOT NULL AS there`);
  if (!found[0]?.there) return 0;
  const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM graphile_worker.jobs');
  return rows[0]?.count ?? 0;
}
