import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEmptyDatabase, openTestDatabase, type TestDatabase } from '../testing';
import { runTransfer } from './cli';

let source: TestDatabase;
let target: TestDatabase;
let folder: string;
const ownUrl = process.env.DATABASE_URL;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'transfer-'));
  source = await openTestDatabase();
  target = await openEmptyDatabase();
});

afterAll(async () => {
  if (ownUrl === undefined) delete process.env.DATABASE_URL;
  else process.env.DATABASE_URL = ownUrl;
  await source.close();
  await target.close();
  rmSync(folder, { recursive: true });
});

async function run(url: string | undefined, ...args: string[]): Promise<string> {
  if (url === undefined) delete process.env.DATABASE_URL;
  else process.env.DATABASE_URL = url;
  const lines: string[] = [];
  await runTransfer(args, (line) => lines.push(line));
  return lines.join('\n');
}

it('carries the database of DATABASE_URL out and in, and says what is not in the file', async () => {
  const file = path.join(folder, 'archive.gz');
  expect(await run(source.url, 'export', file)).toMatch(
    /holds 0 rows of \d+ tables\. Stored files and the keys of HUB_SECRET are not in it/,
  );
  expect(await run(target.url, 'import', file)).toMatch(/^0 rows of \d+ tables came in/);
});

it('makes no empty database just to export it', async () => {
  const here = process.cwd();
  process.chdir(folder);
  await expect(run(undefined, 'export', 'archive.gz'))
    .rejects.toThrow(/There is no database in .data.postgres here/)
    .finally(() => process.chdir(here));
  expect(readdirSync(folder)).not.toContain('.data');
});

it('looks for the embedded database where the hub keeps it', async () => {
  process.env.HUB_DATA = path.join(folder, 'elsewhere');
  await expect(run(undefined, 'export', 'archive.gz'))
    .rejects.toThrow(/There is no database in .*elsewhere.postgres here/)
    .finally(() => delete process.env.HUB_DATA);
});

it('says how it is used when a word is missing', async () => {
  await expect(run(source.url, 'export')).rejects.toThrow(/npm run export -- <file>/);
  await expect(run(source.url, 'delete', 'file')).rejects.toThrow(/npm run export -- <file>/);
});
