import { type Client, DatabaseError, escapeIdentifier } from 'pg';
import type { ArchivedPartition, ArchivedSequence, ArchivedTable, ArchiveTotals } from './archive-format';
import { type ArchivePart, readArchive } from './archive-reader';
import { listNeeds, listPartitions, listTables, qualified } from './catalog';
import { copyIn } from './copy-in';
import { orderTables } from './table-order';
import { TransferRefused } from './transfer-error';

/** PostgreSQL's code for "you may not". */
const INSUFFICIENT_PRIVILEGE = '42501';

/** What is known before the rows come in. */
export interface Expected {
  /** The tables are new: rows that migrations put there give way. */
  readonly made: boolean;
  /** What the archive's last line says. */
  readonly totals: ArchiveTotals;
}

/** Brings an archive's rows into a migrated database in one transaction. */
export async function loadArchive(client: Client, file: string, expected: Expected): Promise<ArchiveTotals> {
  await client.query('BEGIN');
  try {
    await takeTables(client, expected.made);
    const totals = (await silenceTriggers(client)) ? await loadInOrderOfFile(client, file) : await loadInOrderOfNeed(client, file);
    if (totals.rows !== expected.totals.rows || totals.tables !== expected.totals.tables) {
      throw new TransferRefused(`The archive promises ${expected.totals.rows} rows, but ${totals.rows} came in.`);
    }
    await client.query('COMMIT');
    return totals;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Nobody else writes until the rows are in. */
async function takeTables(client: Client, made: boolean): Promise<void> {
  const tables = await listTables(client);
  const names = tables.map(qualified).join(', ');
  await client.query(`LOCK TABLE ${names} IN ACCESS EXCLUSIVE MODE`);
  if (made) return void (await client.query(`TRUNCATE ${names}`));
  for (const table of tables) {
    const { rowCount } = await client.query(`SELECT FROM ${qualified(table)} LIMIT 1`);
    if (rowCount) throw new TransferRefused(`The target is not empty: somebody has just written into ${table.name}.`);
  }
}

/** Foreign keys and triggers rest, as on a replica: the rows held together where they came from. Only a superuser may; answers whether we do. */
async function silenceTriggers(client: Client): Promise<boolean> {
  await client.query('SAVEPOINT replica');
  try {
    await client.query("SET LOCAL session_replication_role = 'replica'");
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== INSUFFICIENT_PRIVILEGE) throw error;
    await client.query('ROLLBACK TO SAVEPOINT replica');
    return false;
  }
}

async function loadInOrderOfFile(client: Client, file: string): Promise<ArchiveTotals> {
  return await loadPass(client, file, () => true);
}

/** A foreign key is checked when its COPY ends, so tables come after those they point at: a pass over the file for every wave. */
async function loadInOrderOfNeed(client: Client, file: string): Promise<ArchiveTotals> {
  const tables = (await listTables(client)).map(qualified);
  const { waves, ring } = orderTables(tables, await listNeeds(client));
  if (ring.length > 0) throw new TransferRefused(`The tables ${ring.join(', ')} need each other: import as a superuser of the target.`);
  await switchTriggers(client, tables, 'DISABLE');
  await client.query('SET CONSTRAINTS ALL DEFERRED');
  let totals: ArchiveTotals = { tables: 0, rows: 0 };
  for (const wave of waves) {
    const loaded = await loadPass(client, file, (table) => wave.includes(qualified(table)));
    totals = { tables: totals.tables + loaded.tables, rows: totals.rows + loaded.rows };
  }
  await client.query('SET CONSTRAINTS ALL IMMEDIATE');
  await switchTriggers(client, tables, 'ENABLE');
  return totals;
}

/** Triggers of ours have run where the rows came from. */
async function switchTriggers(client: Client, tables: readonly string[], turn: 'DISABLE' | 'ENABLE'): Promise<void> {
  for (const table of tables) await client.query(`ALTER TABLE ${table} ${turn} TRIGGER USER`);
}

/** Reads the file once and loads what is wanted of it. */
async function loadPass(client: Client, file: string, wanted: (table: ArchivedTable) => boolean): Promise<ArchiveTotals> {
  let totals: ArchiveTotals = { tables: 0, rows: 0 };
  for await (const part of readArchive(file)) {
    if (part.kind === 'table' && !wanted(part.table)) continue;
    const rows = await loadPart(client, part);
    if (part.kind === 'table') totals = { tables: totals.tables + 1, rows: totals.rows + rows };
  }
  return totals;
}

/** Answers how many rows came in. */
async function loadPart(client: Client, part: ArchivePart): Promise<number> {
  if (part.kind === 'header') await makePartitions(client, part.header.partitions);
  if (part.kind === 'sequence') await setSequence(client, part.sequence);
  if (part.kind !== 'table') return 0;
  const columns = part.table.columns.map((column) => escapeIdentifier(column)).join(', ');
  return await copyIn(client, `COPY ${qualified(part.table)} (${columns}) FROM STDIN`, part.rows);
}

async function makePartitions(client: Client, partitions: readonly ArchivedPartition[]): Promise<void> {
  const present = new Set((await listPartitions(client)).map(qualified));
  for (const partition of partitions.filter((each) => !present.has(qualified(each)))) {
    if (!/^(DEFAULT|FOR VALUES [^;]+)$/.test(partition.bound))
      throw new TransferRefused(`The archive has a strange partition: ${partition.name}.`);
    const parent = qualified({ schema: partition.schema, name: partition.parent });
    await client.query(`CREATE TABLE ${qualified(partition)} PARTITION OF ${parent} ${partition.bound}`);
  }
}

async function setSequence(client: Client, sequence: ArchivedSequence): Promise<void> {
  await client.query('SELECT setval($1::regclass, $2::bigint)', [qualified(sequence), sequence.last]);
}
