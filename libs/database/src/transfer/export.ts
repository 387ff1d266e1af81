import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Client, escapeIdentifier } from 'pg';
import { archiveLine, type ArchivedTable, type ArchiveTotals, END_OF_ROWS, MAGIC } from './archive-format';
import { countJobs, listMigrations, listPartitions, listSequences, listTables, prepareSession, qualified } from './catalog';
import { copyOut } from './copy-out';
import { TransferRefused } from './transfer-error';

/** What an export carried, and how many waiting jobs it did not. */
export interface ExportSummary extends ArchiveTotals {
  readonly jobsLeftBehind: number;
}

/**
 * Writes everything in the database at one moment into an archive, through COPY alone. A file appears whole or not at all and can be
 * read by its owner only: it holds customers' words. The job queue, stored files and keys are not in it.
 */
export async function exportDatabase(url: string, target: string | Writable): Promise<ExportSummary> {
  if (typeof target !== 'string') return await exportTo(url, target);
  const draft = `${target}.partial`;
  try {
    const summary = await exportTo(url, createWriteStream(draft, { mode: 0o600 }));
    await flushToDisk(draft);
    await rename(draft, target);
    return summary;
  } finally {
    await rm(draft, { force: true });
  }
}

async function flushToDisk(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync();
  await handle.close();
}

async function exportTo(url: string, target: Writable): Promise<ExportSummary> {
  const client = new Client({ connectionString: url, application_name: 'claimline export' });
  const counted = { tables: 0, rows: 0 };
  try {
    await client.connect();
    await prepareSession(client);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const jobsLeftBehind = await countJobs(client);
    await pipeline(Readable.from(archiveOf(client, counted), { objectMode: true }), createGzip(), target);
    await client.query('COMMIT');
    return { ...counted, jobsLeftBehind };
  } catch (error) {
    target.destroy();
    throw error;
  } finally {
    await client.end();
  }
}

async function* archiveOf(client: Client, counted: { tables: number; rows: number }): AsyncGenerator<string | Buffer> {
  yield `${MAGIC}\n`;
  yield archiveLine('header', await describe(client));
  for (const table of await listTables(client)) {
    yield archiveLine('table', table);
    const rows = copyOut(client, copyStatement(table));
    for await (const chunk of rows) yield chunk as Buffer;
    yield END_OF_ROWS;
    counted.tables += 1;
    counted.rows += rows.rowCount;
  }
  // after the rows: a sequence goes on while we read, and must not stand before a row that was read
  for (const sequence of await listSequences(client)) yield archiveLine('sequence', sequence);
  yield archiveLine('end', counted);
}

async function describe(client: Client): Promise<object> {
  const migrations = await listMigrations(client);
  if (migrations.length === 0) throw new TransferRefused('The database holds no Claimline: no migration has run on it.');
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  return { postgres: rows[0]?.server_version, migrations, partitions: await listPartitions(client) };
}

/** Through SELECT, because COPY alone refuses partitioned tables. */
function copyStatement(table: ArchivedTable): string {
  const columns = table.columns.map((column) => escapeIdentifier(column)).join(', ');
  return `COPY (SELECT ${columns} FROM ${qualified(table)}) TO STDOUT`;
}
