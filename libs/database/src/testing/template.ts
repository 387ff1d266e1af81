import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { migrate } from '../migrate';
import { asAdministrator, onDatabase } from './administrator';
import { isTemplateReady, templateOf } from './template-name';

/** Any number that nothing else locks on the administrator's database. */
const TEMPLATE_LOCK = 7_041_982;

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
  // a database with a session in it cannot be cloned
  await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
  await admin.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [name]);
  await admin.query(`ALTER DATABASE ${name} WITH IS_TEMPLATE true`);
}
