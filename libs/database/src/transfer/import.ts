import { Client } from 'pg';
import { migrate } from '../migrate';
import { MIGRATIONS } from '../migrations';
import type { ArchiveHeader, ArchiveTotals } from './archive-format';
import { readArchive } from './archive-reader';
import { listTables, prepareSession, qualified } from './catalog';
import { loadArchive } from './load';
import { TransferRefused } from './transfer-error';

/**
 * Fills an empty database from an archive. Tables are made by this version's migrations, so the archive must be of the same schema;
 * PostgreSQL's version does not matter. Rows come in one transaction: all of them or none.
 * Raises `TransferRefused` for a target with rows in it, for another schema, and for a file that is not whole.
 */
export async function importDatabase(url: string, fromFile: string): Promise<ArchiveTotals> {
  const archive = await inspectArchive(fromFile);
  refuseOtherSchema(archive.header);
  const made = await withSession(url, refuseUsedTarget);
  await migrate(url);
  return await withSession(url, async (client) => {
    const totals = await loadArchive(client, fromFile, { made, totals: archive.totals });
    await client.query('ANALYZE');
    return totals;
  });
}

async function withSession<T>(url: string, step: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'claimline import' });
  await client.connect();
  try {
    await prepareSession(client);
    return await step(client);
  } finally {
    await client.end();
  }
}

/** Reads the whole file before anything is touched, so that a damaged one changes nothing. */
async function inspectArchive(file: string): Promise<{ header: ArchiveHeader; totals: ArchiveTotals }> {
  let header: ArchiveHeader | undefined;
  let totals: ArchiveTotals | undefined;
  for await (const part of readArchive(file)) {
    if (part.kind === 'header') header = part.header;
    if (part.kind === 'end') totals = part.totals;
  }
  if (!header || !totals) throw new TransferRefused(`${file} does not say which schema it is of.`);
  return { header, totals };
}

function refuseOtherSchema({ migrations }: ArchiveHeader): void {
  const ours = MIGRATIONS.map((migration) => migration.name);
  if (ours.join() === migrations.join()) return;
  throw new TransferRefused(
    `The archive is of schema ${migrations.at(-1)} (${migrations.length} migrations), this version is at ${ours.at(-1)} (${ours.length}): ` +
      'import with the version that exported, then start the newer one.',
  );
}

/** Answers whether the tables are still to be made. */
async function refuseUsedTarget(client: Client): Promise<boolean> {
  const tables = await listTables(client);
  for (const table of tables) {
    const { rowCount } = await client.query(`SELECT FROM ${qualified(table)} LIMIT 1`);
    if (rowCount)
      throw new TransferRefused(`The target is not empty: there are rows in ${table.name}. Import needs a new, empty database.`);
  }
  return tables.length === 0;
}
