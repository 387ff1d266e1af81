import * as claims from '@claimline/claims';
import * as conversations from '@claimline/conversations';
import { Database } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import * as delivery from '@claimline/delivery';
import * as files from '@claimline/files';
import * as notifications from '@claimline/notifications';
import * as people from '@claimline/people';
import * as quality from '@claimline/quality';
import * as routing from '@claimline/routing';
import { getMetadataArgsStorage, type EntityMetadata } from 'typeorm';

// It stands in the hub, because only the hub may open every room at once.
const ROOMS = { claims, conversations, delivery, files, notifications, people, quality, routing };

// Tables that are no noun of a room: the machinery of libs/database and of the HTTP layer, written with SQL of their own.
const MACHINERY = [
  'consumers',
  'conversation_facts',
  'event_log',
  'idempotency_keys',
  'leases',
  'outbox',
  'parked_events',
  'rate_counters',
  'schema_migrations',
  'socket_io_attachments',
];

interface Column {
  readonly type: string;
  readonly nullable: boolean;
  readonly array: boolean;
  readonly key: boolean;
}

type Class = abstract new (...args: never[]) => object;

let test_: TestDatabase;
let database: Database;

/** Every class that a room exports as an entity. */
function entitiesOfRooms(): Class[] {
  const decorated = new Set(getMetadataArgsStorage().tables.map((table) => table.target));
  return Object.values(ROOMS).flatMap((room) =>
    Object.values(room).filter((one): one is never => typeof one === 'function' && decorated.has(one)),
  );
}

beforeAll(async () => {
  test_ = await openTestDatabase();
  database = await Database.open({ url: test_.url, entities: entitiesOfRooms() });
});
afterAll(async () => {
  await database?.close();
  await test_?.close();
});

const believed = (entity: EntityMetadata): Record<string, Column> =>
  Object.fromEntries(
    entity.columns.map((column) => [
      column.databaseName,
      {
        type: database.dataSource.driver.normalizeType(column),
        nullable: column.isNullable,
        array: column.isArray,
        key: column.isPrimary,
      },
    ]),
  );

/** Columns by table. Pieces of a partitioned table count as their parent; the job queue has a schema of its own. */
async function migrated(): Promise<Map<string, Record<string, Column>>> {
  const rows = await database.query<Column & { table: string; name: string }>({
    name: '',
    text: `SELECT c.relname::text AS table, a.attname::text AS name, format_type(coalesce(nullif(t.typelem, 0), t.oid), NULL) AS type,
                  NOT a.attnotnull AS nullable, t.typelem <> 0 AS array,
                  EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)) AS key
           FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped JOIN pg_type t ON t.oid = a.atttypid
           WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
    values: [],
  });
  const tables = new Map<string, Record<string, Column>>();
  for (const { table, name, ...column } of rows) tables.set(table, { ...tables.get(table), [name]: column });
  return tables;
}

test('every room shows at least one entity at its door', () => {
  const withEntities = Object.entries(ROOMS).filter(([, room]) =>
    Object.values(room).some((one) => entitiesOfRooms().includes(one as never)),
  );
  expect(withEntities.map(([name]) => name)).toEqual(Object.keys(ROOMS));
});

test('every table is the shape of one noun, or machinery by name', async () => {
  const tables = database.dataSource.entityMetadatas.map((entity) => entity.tableName);
  expect(new Set(tables).size).toBe(tables.length);
  expect([...tables, ...MACHINERY].sort()).toEqual([...(await migrated()).keys()].sort());
});

test('entities and the migrated schema have the same columns', async () => {
  const schema = await migrated();
  const seen = Object.fromEntries(database.dataSource.entityMetadatas.map((entity) => [entity.tableName, believed(entity)]));
  expect(seen).toEqual(Object.fromEntries([...schema].filter(([table]) => !MACHINERY.includes(table))));
});

test('a column that only one side knows is drift', async () => {
  await database.query({ name: '', text: 'ALTER TABLE drafts ADD COLUMN mood text', values: [] });
  await database.query({ name: '', text: 'ALTER TABLE drafts ALTER COLUMN text DROP NOT NULL', values: [] });
  const drafts = database.dataSource.entityMetadatas.find((entity) => entity.tableName === 'drafts')!;
  const stored = (await migrated()).get('drafts')!;
  expect(believed(drafts)).not.toEqual(stored);
  expect(Object.keys(stored).filter((name) => !believed(drafts)[name])).toEqual(['mood']);
  expect(stored.text!.nullable).toBe(true);
});
