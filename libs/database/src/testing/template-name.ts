import path from 'node:path';
import type { Client } from 'pg';
import { asAdministrator } from './administrator';

/** The name of the run's template database; two runs on one server do not meet. */
export function templateOf(runFolder: string): string {
  return path.basename(runFolder).replaceAll('-', '_').toLowerCase();
}

/** Only a finished template is marked as one. */
export async function isTemplateReady(admin: Client, name: string): Promise<boolean> {
  const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [name]);
  return found.rowCount === 1;
}

/** Removes the run's template from a server that lives on after the run. */
export async function dropTemplate(adminUrl: string, runFolder: string): Promise<void> {
  const name = templateOf(runFolder);
  await asAdministrator(adminUrl, async (admin) => {
    if (await isTemplateReady(admin, name)) await admin.query(`ALTER DATABASE ${name} WITH IS_TEMPLATE false`);
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
}
