import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Database } from '../database';
import { openTestDatabase, type TestDatabase } from '../testing';

const ROOT = path.resolve(__dirname, '../../../..');

/**
 * Nobody looks for what points at a row that never goes: its foreign keys need no index. The code has no DELETE for these tables; they hold the
 * claim's record, or the house itself, where what is over is marked and stays.
 */
const NEVER_REMOVED = [
  'accounts',
  'addresses',
  'adjusters',
  'attachments',
  'brands',
  'broadcasts',
  'bulk_runs',
  'calendars',
  'claim_parties',
  'claims',
  'complaints',
  'contacts',
  'conversations',
  'document_items',
  'exposures',
  'inboxes',
  'messages',
  'survey_invitations',
  'teams',
];

let place: TestDatabase;
let database: Database;
beforeAll(async () => {
  place = await openTestDatabase();
  database = await Database.open({ url: place.url });
}, 60_000);
afterAll(async () => {
  await database?.close();
  await place?.close();
});

const names = async (text: string): Promise<string[]> =>
  (await database.query<{ name: string }>({ name: '', text, values: [] })).map(({ name }) => name).sort();

const TABLES = `SELECT c.relname::text AS name FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`;
// The first column of an index over all rows, or over all that name anything at all in it.
const led = (
  table: string,
  column: string,
): string => `EXISTS (SELECT FROM pg_index i WHERE i.indrelid = ${table} AND i.indkey[0] = ${column}
  AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) = format('(%I IS NOT NULL)', (SELECT attname FROM pg_attribute WHERE attrelid = ${table} AND attnum = ${column}))))`;

/** What the code says with SQL, without specs and migrations, and without the demo's customers, who are written once. */
function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|\/testing\/|migrations\/|demo\/seed\/|node_modules/.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
}

test('every table has a primary key', async () => {
  expect(await names(`${TABLES} AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)`)).toEqual([]);
});

test('of every table docs/operations.md says how long its rows are kept, and of no other', async () => {
  const page = readFileSync(path.join(ROOT, 'docs/operations.md'), 'utf8');
  const [, retention] = page.split('\n## Retention\n');
  const told = [...retention!.matchAll(/^\| ((?:`\w+` ?)+)(?:\(schema\) )?\|/gm)].flatMap(([, cell]) => cell!.match(/\w+/g)!);
  expect(told.sort()).toEqual([...(await names(TABLES)), 'graphile_worker'].sort());
});

test('what may be removed is found from the tables that point at it', async () => {
  const allowed = NEVER_REMOVED.map((table) => `'${table}'::regclass`).join(', ');
  const text = `SELECT k.conrelid::regclass || '.' || a.attname || ' → ' || k.confrelid::regclass AS name
    FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    WHERE k.contype = 'f' AND k.conparentid = 0 AND k.confrelid NOT IN (${allowed}) AND NOT ${led('k.conrelid', 'k.conkey[1]')}`;
  expect(await names(text)).toEqual([]);
});

test('what is said never to be removed is not', () => {
  const removed = new Set(
    [path.join(ROOT, 'libs'), path.join(ROOT, 'apps/hub/src')]
      .flatMap(sources)
      .flatMap((source) =>
        [...source.matchAll(/DELETE FROM (\w+)|table: '(\w+)', column/g)].map(([, table, expiring]) => table ?? expiring),
      ),
  );
  expect(removed).toContain('sessions');
  expect(NEVER_REMOVED.filter((table) => removed.has(table))).toEqual([]);
});

test('wherever two contacts that become one are looked for, there is an index', async () => {
  const text = `SELECT c.relname || '.' || a.attname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'contact_id' AND NOT ${led('c.oid', 'a.attnum')}
      AND c.relname NOT IN ('portal_grants', 'payee_choices', 'broadcast_recipients')`;
  expect(await names(text)).toEqual([]);
});

test('ids are made by us, in the order of time: no default of the database makes one', async () => {
  const text = `SELECT c.relname || '.' || a.attname AS name FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    JOIN pg_class c ON c.oid = d.adrelid WHERE c.relnamespace = 'public'::regnamespace AND a.atttypid = 'uuid'::regtype`;
  expect(await names(text)).toEqual([]);
  const made = [path.join(ROOT, 'libs'), path.join(ROOT, 'apps/hub/src')]
    .flatMap(sources)
    .filter((source) => /gen_random_uuid|uuid_generate/.test(source));
  expect(made).toEqual([]);
});
