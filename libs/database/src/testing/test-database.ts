import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { asAdministrator, onDatabase } from './administrator';
import { testRunFolder } from './config';
import { ensureTemplate } from './template';
import { testServerUrl } from './test-server';

/** A migrated, empty database of one spec file's own on a real PostgreSQL. Close it in `afterAll`. */
export interface TestDatabase {
  readonly url: string;
  /** Drops the database; sessions that are still open in it are ended. */
  close(): Promise<void>;
}

/** Clones the migrated template into a new database. The first call of a run also starts the server and runs the migrations. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const adminUrl = await testServerUrl();
  const template = await ensureTemplate(adminUrl, testRunFolder());
  return await makeDatabase(adminUrl, (admin, name) => clone(admin, template, name));
}

/** A database with nothing in it, not even the migrations: for specs of the migrations themselves and of import. Close it in `afterAll`. */
export async function openEmptyDatabase(): Promise<TestDatabase> {
  const adminUrl = await testServerUrl();
  return await makeDatabase(adminUrl, async (admin, name) => {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  });
}

async function makeDatabase(adminUrl: string, make: (admin: Client, name: string) => Promise<void>): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdministrator(adminUrl, (admin) => make(admin, name));
  return {
    url: onDatabase(adminUrl, name),
    close: async () => {
      await asAdministrator(adminUrl, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** Copies the template's files; the default strategy writes every page to the log and takes twice as long. */
async function clone(admin: Client, template: string, name: string): Promise<void> {
  const statement = `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`;
  try {
    await admin.query(statement);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('could not clone file')) throw error;
    await admin.query('SET file_copy_method = copy'); // some sandboxes lack copy_file_range
    await admin.query(statement);
  }
}
