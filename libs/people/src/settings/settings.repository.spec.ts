import { Database, Wakeups } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import { Settings } from './settings.repository';

const settings = new Settings();
const change = { at: new Date('2026-11-23T06:00:00Z'), by: null };

let place: TestDatabase;
let here: Database;
let there: Database;
let wakeups: Wakeups;
beforeAll(async () => {
  place = await openTestDatabase();
  [here, there] = [await Database.open({ url: place.url }), await Database.open({ url: place.url })];
  wakeups = new Wakeups(here, place.url);
  await wakeups.open();
  here.steady.follow(wakeups);
});
afterAll(async () => {
  await wakeups.close();
  await here.close();
  await there.close();
  await place.close();
});

test('what is written out of the value in force is never written out of one that is only remembered', async () => {
  // What is remembered before this news has come is forgotten with it.
  const heard = new Promise<void>((resolve) => void wakeups.on('configuration', resolve));
  await there.transaction((tx) => settings.write(tx, 'spec', { said: ['one'] }, change));
  await heard;
  expect(await settings.read(here, 'spec')).toEqual({ said: ['one'] });
  // Elsewhere, and told to nobody: as where a notification has not come yet.
  await there.transaction(async (tx) => {
    await tx.query({ name: '', text: 'SET LOCAL session_replication_role = replica', values: [] });
    await settings.write(tx, 'spec', { said: ['one', 'two'] }, change);
  });
  await here.transaction(async (tx) => {
    const before = await settings.hold<{ said: string[] }>(tx, 'spec');
    await settings.write(tx, 'spec', { said: [...before!.said, 'three'] }, change);
  });
  expect(await settings.read(there, 'spec')).toEqual({ said: ['one', 'two', 'three'] });
});
