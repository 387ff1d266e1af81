import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadDataSet } from '@claimline/conversations/testing';
import { Database, logEnd, readLog, readLogOf, RunnerTransaction, Sequencer, type Statement } from '@claimline/database';
import { openTestDatabase, Overheard, readPlan, type TestDatabase } from '@claimline/database/testing';
import pino from 'pino';
import { SWEEPS } from './assemble-workers';
import { readConfig } from './config';
import { startHub, type RunningHub } from './hub';
import type { Sweep } from './workers';

// What the hub asks each second whether or not anything happens: over tables that are large it may only touch what is due.
const SIZES = { contacts: 2000, conversations: 30_000, messages: 120_000 };
const LARGE = [
  'contacts',
  'addresses',
  'conversations',
  'messages',
  'message_words',
  'event_log',
  'claims',
  'claim_parties',
  'deliveries',
  'consents',
];
const MOST_ROWS = 600;

let scratch: TestDatabase;
let hub: RunningHub;
let folder: string;
let database: Database;

beforeAll(async () => {
  scratch = await openTestDatabase();
  await loadDataSet(scratch.url, SIZES);
  folder = await mkdtemp(path.join(os.tmpdir(), 'claimline-seconds-'));
  const settings = {
    DATABASE_URL: scratch.url,
    HUB_SECRET: 'a-secret-that-is-only-for-tests-0123456789',
    HUB_ROLE: 'web',
    HUB_FILES: folder,
  };
  hub = await startHub(readConfig({ ...settings, PORT: '0', SMTP_PORT: '0' }), pino({ level: 'silent' }));
  database = hub.app.get(Database);
  await database.query({
    name: 'spec-storm',
    text: `INSERT INTO catastrophes (id, tag, name, peril, jurisdictions, starts_on, ends_on, by_rule, created_at)
           VALUES (gen_random_uuid(), 'storm', 'Storm', 'storm', '{US-TX}', current_date - 9, current_date - 5, true, now())`,
    values: [],
  });
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await hub?.stop();
  await scratch?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Everything that is asked of the database meanwhile, inside transactions and outside. */
async function overhear(work: () => Promise<unknown>): Promise<readonly Statement[]> {
  const heard = new Overheard(database);
  for (const place of [Database.prototype, RunnerTransaction.prototype]) {
    const ask = place.query;
    jest.spyOn(place, 'query').mockImplementation(function (this: never, statement: Statement) {
      heard.hear(statement);
      return ask.call(this, statement) as Promise<never[]>;
    });
  }
  await work();
  jest.restoreAllMocks();
  return heard.statements;
}

async function expectCheap(statements: readonly Statement[]): Promise<void> {
  expect(statements.length).toBeGreaterThan(0);
  const dear = [];
  for (const statement of statements) {
    const plan = await readPlan(database, statement);
    if (plan.rowsRead > MOST_ROWS || plan.readWhole.some((table) => LARGE.includes(table))) dear.push({ ...plan, text: statement.text });
  }
  expect(dear).toEqual([]);
}

test.each(SWEEPS.map((sweep) => [sweep.name, sweep] as const))(
  '%s looks each second at what is due, and at nothing else',
  async (_, sweep) => {
    await expectCheap(await overhear(() => hub.app.get<Sweep>(sweep as never).sweep(new Date())));
  },
);

test('the log is moved on, and read to its end, without reading what has been read', async () => {
  const statements = await overhear(async () => {
    await hub.app.get(Sequencer).move();
    const end = await logEnd(database);
    await readLog(database, end - 10, 100);
    await readLogOf(database, end - 10, { types: ['conversation.assigned'], limit: 100 });
  });
  await expectCheap(statements);
});
