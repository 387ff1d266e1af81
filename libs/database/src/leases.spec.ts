import { Database } from './database';
import { Leases } from './leases';
import { openTestDatabase, type TestDatabase } from './testing';

let test_: TestDatabase;
let database: Database;
beforeAll(async () => {
  test_ = await openTestDatabase();
  database = await Database.open({ url: test_.url });
});
afterAll(async () => {
  await database.close();
  await test_.close();
});

// Node 20's getMaxListeners() throws where the limit is lifted; the limit itself is kept under this name.
function limitOf(signal: AbortSignal): unknown {
  const name = Object.getOwnPropertySymbols(signal).find(({ description }) => description === 'events.maxEventTargetListeners');
  return name && (signal as unknown as Record<symbol, unknown>)[name];
}

// The hub's own work makes more than ten listeners under one lease, which Node would take for a leak and write under the banner.
test.each([
  ['a signal of its own', new AbortController().signal],
  ['none', undefined],
])('as much work as there is may wait for the end of one lease, with %s', async (_what, signal) => {
  expect(await new Leases(database).once('many', (held) => Promise.resolve(limitOf(held)), signal)).toEqual({ done: 0 });
});
