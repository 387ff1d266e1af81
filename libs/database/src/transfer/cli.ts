import path from 'node:path';
import { hasEmbeddedDatabase, startEmbeddedPostgres } from '../embedded';
import { databaseUrl, dataFolder } from './config';
import { exportDatabase } from './export';
import { importDatabase } from './import';

const USAGE = 'Usage: npm run export -- <file>   or   npm run import -- <file>';

/** `npm run export -- <file>` and `npm run import -- <file>`: works on DATABASE_URL, else on the embedded database of this folder. */
export async function runTransfer(args: readonly string[], say: (line: string) => void): Promise<void> {
  const [verb, file] = args;
  if (!file || (verb !== 'export' && verb !== 'import')) throw new Error(USAGE);
  if (verb === 'export' && !databaseUrl() && !hasEmbeddedDatabase(dataFolder())) {
    throw new Error(`There is no database in ${dataFolder()} here: run this where Claimline is started, or set DATABASE_URL.`);
  }
  await withDatabase(say, async (url) => {
    say(verb === 'export' ? await reportExport(url, file) : await reportImport(url, file));
  });
}

async function withDatabase(say: (line: string) => void, step: (url: string) => Promise<void>): Promise<void> {
  const own = databaseUrl();
  if (own) return await step(own);
  const server = await startEmbeddedPostgres({ dataDir: path.resolve(dataFolder()), log: say });
  try {
    await step(server.url);
  } finally {
    await server.stop();
  }
}

async function reportExport(url: string, file: string): Promise<string> {
  const { tables, rows, jobsLeftBehind } = await exportDatabase(url, file);
  const jobs =
    jobsLeftBehind > 0 ? ` ${jobsLeftBehind} waiting jobs are not in it: stop the hub after they have run, or they are lost.` : '';
  return `${file} holds ${rows} rows of ${tables} tables.${jobs} Stored files and the keys of HUB_SECRET are not in it: take them along.`;
}

async function reportImport(url: string, file: string): Promise<string> {
  const { tables, rows } = await importDatabase(url, file);
  return `${rows} rows of ${tables} tables came in from ${file}.`;
}

if (require.main === module) {
  runTransfer(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
