import { Client } from 'pg';
import { EmbeddedPostgresError } from './embedded-error';
import { SUPERUSER } from './cluster';

/** The name of the database that Claimline lives in. */
export const DATABASE = 'claimline';

/** The address of a database on the embedded server. */
export function addressOf(port: number, password: string, database: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Makes our database on the server unless it is there, and answers its address. Raises a sentence when the server does not let us in. */
export async function ensureDatabase(port: number, password: string): Promise<string> {
  const client = new Client({ connectionString: addressOf(port, password, 'postgres'), ssl: false, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EmbeddedPostgresError(`The embedded PostgreSQL on port ${port} runs but does not let Claimline in (${reason}).`);
  } finally {
    await client.end();
  }
  return addressOf(port, password, DATABASE);
}
