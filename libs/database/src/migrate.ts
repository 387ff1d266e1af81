import { setTimeout as sleep } from 'node:timers/promises';
import { runMigrations as runJobMigrations } from 'graphile-worker';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from './migrations';

// Any number will do, as long as nobody else on this server uses it: the first eight digits of the project's first commit's day.
const MIGRATION_LOCK = 20261122;

/** Thrown when the database was made by a newer hub: an old one must not write into it. */
export class SchemaTooNew extends Error {
  override readonly name = 'SchemaTooNew';

  constructor(unknown: string) {
    super(
      `The database has the migration ${unknown}, which this version does not know. Start the newer version, or restore a backup made by this one.`,
    );
  }
}

/**
 * Brings the schema up to date. Safe to call from several hubs at once: one works, the others wait.
 * The lock is polled, because a waiting `pg_advisory_lock` deadlocks with `CREATE INDEX CONCURRENTLY`.
 * @throws SchemaTooNew
 */
export async function migrate(url: string): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'claimline migrate' });
  await client.connect();
  try {
    await lock(client);
    await refuseNewerSchema(client);
    await runOurs(url);
    await runJobMigrations({ connectionString: url, logger: undefined });
  } finally {
    await client.end();
  }
}

async function lock(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [MIGRATION_LOCK]);
    if (rows[0]?.got) return;
    await sleep(100);
  }
}

async function refuseNewerSchema(client: Client): Promise<void> {
  const { rows: tables } = await client.query<{ there: boolean }>(`SELECT to_regclass('schema_migrations') IS NOT NULL AS there`);
  if (!tables[0]?.there) return;
  const known = new Set(MIGRATIONS.map((migration) => migration.name));
  const { rows } = await client.query<{ name: string }>('SELECT name FROM schema_migrations ORDER BY id');
  const unknown = rows.find((row) => !known.has(row.name));
  if (unknown) throw new SchemaTooNew(unknown.name);
}

async function runOurs(url: string): Promise<void> {
  const source = new DataSource({ type: 'postgres', url, migrations: MIGRATIONS, migrationsTableName: 'schema_migrations', poolSize: 1 });
  await source.initialize();
  try {
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await source.destroy();
  }
}
