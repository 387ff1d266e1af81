import { Client } from 'pg';
import { EmbeddedPostgresError } from './embedded-error';
import { SUPERUSER } from './cluster';
import type { RunningServer } from './postmaster-file';

/** The name of the database that Claimline lives in. */
export const DATABASE = 'claimline';

/** How one reaches an embedded server. */
export type Reach = Pick<RunningServer, 'port' | 'socketFolder'>;

/**
 * The address of a database on the embedded server: by its Unix socket where it has one
 * (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS), else by its port on the loopback.
 */
export function addressOf({ port, socketFolder }: Reach, password: string, database: string): string {
  const host = socketFolder === undefined ? '' : `?host=${encodeURIComponent(socketFolder)}`;
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}${host}`;
}

/** Makes our database on the server unless it is there, and answers its address. Raises a sentence when the server does not let us in. */
export async function ensureDatabase(server: Reach, password: string): Promise<string> {
  const client = new Client({ connectionString: addressOf(server, password, 'postgres'), ssl: false, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EmbeddedPostgresError(`The embedded PostgreSQL on port ${server.port} runs but does not let Claimline in (${reason}).`);
  } finally {
    await client.end();
  }
  return addressOf(server, password, DATABASE);
}
