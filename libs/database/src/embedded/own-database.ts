import { Client } from 'pg';
import { EmbeddedPostgresError } from './embedded-error';
import { SUPERUSER } from './cluster';
import type { Reach } from './postmaster-file';

/** The name of the database that Claimline lives in. */
export const DATABASE = 'claimline';

/**
 * The address of a database on the embedded server: by its Unix socket where it has one
 * (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS), else by its port on the loopback.
 */
export function addressOf({ port, socketFolder }: Reach, password: string, database: string): string {
  const host = socketFolder === undefined ? '' : `?host=${encodeURIComponent(socketFolder)}`;
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}${host}`;
}

/**
 * Makes our database on the server unless it is there, and answers how the server was reached: by its port alone where the socket that it names
 * leads nowhere, as when the folder of the data was renamed under a server that runs. Raises a sentence when the server does not let us in.
 */
export async function ensureDatabase(server: Reach, password: string): Promise<Reach> {
  const client = new Client({ connectionString: addressOf(server, password, 'postgres'), ssl: false, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    return server;
  } catch (error) {
    if (server.socketFolder !== undefined && isNoWay(error)) return await ensureDatabase({ ...server, socketFolder: undefined }, password);
    const reason = error instanceof Error ? error.message : String(error);
    throw new EmbeddedPostgresError(`The embedded PostgreSQL on port ${server.port} runs but does not let Claimline in (${reason}).`);
  } finally {
    await client.end();
  }
}

const isNoWay = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'syscall' in error && error.syscall === 'connect';
