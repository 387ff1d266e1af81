import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { migrate } from '../migrate';
import { asAdministrator, onDatabase } from './administrator';
import { isTemplateReady, templateOf } from './template-name';

/** Any number that nothing else locks on the administrator's database. */
const TEMPLATE_LOCK = 7_041_982;

const LOOK_MS = 10;
const LEAVING_MS = 5000;

/** Builds the template from the migrations unless another worker did; the others wait for it. */
export async function ensureTemplate(adminUrl: string, runFolder: string): Promise<string> {
  const name = templateOf(runFolder);
  await asAdministrator(adminUrl, async (admin) => {
    if (await isTemplateReady(admin, name)) return;
    await lock(admin);
    if (!(await isTemplateReady(admin, name))) await build(admin, adminUrl, name);
  });
  return name;
}

/** Polled, because a session that waits inside the lock call would hold back a migration that builds an index concurrently. */
async function lock(admin: Client): Promise<void> {
  for (;;) {
    const { rows } = await admin.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [TEMPLATE_LOCK]);
    if (rows[0]?.locked) return;
    await sleep(20);
  }
}

async function build(admin: Client, adminUrl: string, name: string): Promise<void> {
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  await migrate(onDatabase(adminUrl, name));
  await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
  await empty(admin, name);
  await admin.query(`ALTER DATABASE ${name} WITH IS_TEMPLATE true`);
}

/**
 * A database with a session in it cannot be cloned. Those of the migrations are on their way out; ended by force, one would throw an error
 * that nobody listens to any more and fail the first spec of the run.
 */
async function empty(admin: Client, name: string): Promise<void> {
  for (let waited = 0; waited < LEAVING_MS; waited += LOOK_MS) {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_stat_activity WHERE datname = $1', [name]);
    if (rowCount === 0) return;
    await sleep(LOOK_MS);
  }
  await admin.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [name]);
}
