import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Database } from '@claimline/database';
import { serveHub, type ServedHub } from '../http/testing/served-hub';

let served: ServedHub;
beforeAll(async () => {
  served = await serveHub();
}, 60_000);
afterAll(() => served?.close());

const metrics = async (): Promise<string> => (await fetch(`${served.url}/metrics`)).text();
const sql = (text: string): Promise<object[]> => served.hub.app.get(Database).query({ name: '', text, values: [] });

test('every metric of ours is explained in docs/operations.md, and no other', async () => {
  const page = readFileSync(path.resolve(__dirname, '../../../../docs/operations.md'), 'utf8');
  const served_ = [...(await metrics()).matchAll(/^# TYPE (claimline_\w+)/gm)].map(([, name]) => name);
  const explained = [...page.matchAll(/^\| `(claimline_\w+)`/gm)].map(([, name]) => name);
  expect(explained.sort()).toEqual(served_.sort());
});

test('a queue that has been emptied no longer shows its last number', async () => {
  await sql(`INSERT INTO consumers (name, position) VALUES ('passing', 0)`);
  expect(await metrics()).toContain('claimline_backlog{queue="consumer:passing"}');
  await sql(`DELETE FROM consumers WHERE name = 'passing'`);
  const after = await metrics();
  expect(after).not.toContain('consumer:passing');
  expect(after).toContain('claimline_backlog{queue="outbox"} 0');
});

test('ready is told while the database answers, live always', async () => {
  for (const [page, status] of [
    ['/health/live', 'live'],
    ['/health/ready', 'ready'],
  ])
    expect(await (await fetch(served.url + page)).json()).toEqual({ status });
});
