import { Database } from '../database';
import { newId } from '../ids';
import { openTestDatabase, type TestDatabase } from '../testing';
import { JournalMonths } from './journal';

const day = (text: string): Date => new Date(`${text}T12:00:00Z`);
const BEFORE = day('2026-11-22');

let place: TestDatabase;
let database: Database;
let forgotten: string[];
let journal: JournalMonths;
beforeEach(async () => {
  place = await openTestDatabase();
  database = await Database.open({ url: place.url });
  forgotten = [];
  journal = new JournalMonths(database, async (_, fileIds) => void forgotten.push(...fileIds));
});
afterEach(async () => {
  await database?.close();
  await place?.close();
});

/** One entry of the journal; with `look` it stands in *Needs a look* in that state. */
async function entry(at: Date, { file, look }: { file?: string; look?: 'open' | 'dismissed' } = {}): Promise<string> {
  const id = newId(at);
  await database.query({
    name: 'test-raw',
    text: `INSERT INTO inbound_raw (id, door, key_id, file_id, received_at) VALUES ($1, 'webhook', 'k', $2, $3)`,
    values: [id, file ?? null, at],
  });
  if (look)
    await database.query({
      name: 'test-look',
      text: `INSERT INTO needs_look (id, raw_id, raw_at, reason, detail, key, state, received_at) VALUES ($1, $1, $2, 'malformed', '', $1::uuid::text, $3, $2)`,
      values: [id, at, look],
    });
  return id;
}
const kept = async (): Promise<string[]> =>
  (await database.query<{ id: string }>({ name: '', text: 'SELECT id FROM inbound_raw ORDER BY id', values: [] })).map(({ id }) => id);
const settle = (id: string): Promise<unknown> =>
  database.query({ name: '', text: `UPDATE needs_look SET state = 'replayed' WHERE id = $1`, values: [id] });

test('a month that is over goes as a whole, with its files; what somebody has still to look at stays with its own, until it is settled', async () => {
  const [gone, open, settled] = [newId(BEFORE), newId(BEFORE), newId(BEFORE)];
  await journal.makeAhead(day('2026-09-01'));
  await entry(day('2026-09-03'));
  await entry(day('2026-09-30'), { file: gone });
  await entry(day('2026-10-05'), { file: settled, look: 'dismissed' });
  const waits = await entry(day('2026-10-06'), { file: open, look: 'open' });
  const young = await entry(day('2026-11-03'), { file: newId(BEFORE) });

  expect(await journal.removeBefore(BEFORE)).toEqual({ months: 2, rows: 0 });
  expect(await kept()).toEqual([waits, young].sort());
  expect(forgotten.sort()).toEqual([gone, settled].sort());

  await settle(waits);
  expect(await journal.removeBefore(BEFORE)).toEqual({ months: 0, rows: 1 });
  expect(await kept()).toEqual([young]);
  expect(forgotten).toContain(open);
});

test('what lies in the rest goes by its own time, thousands in rounds', async () => {
  await database.query({
    name: '',
    text: `INSERT INTO inbound_raw (id, door, key_id, received_at) SELECT gen_random_uuid(), 'webhook', 'k', '2026-11-02Z' FROM generate_series(1, 12000)`,
    values: [],
  });
  const waits = await entry(day('2026-11-03'), { look: 'open' });
  const young = await entry(day('2026-11-23'));
  expect(await journal.removeBefore(BEFORE)).toEqual({ months: 0, rows: 12_000 });
  expect(await kept()).toEqual([waits, young]);
});

test('nobody who writes meanwhile is refused', async () => {
  await journal.makeAhead(day('2026-06-01'));
  await journal.makeAhead(day('2026-11-01'));
  let written = 0;
  let removing = true;
  const writers = [0, 1, 2, 3].map(async () => {
    while (removing) {
      await entry(day('2026-11-03'));
      written++;
    }
  });
  const { months } = await journal.removeBefore(BEFORE);
  removing = false;
  await Promise.all(writers);
  expect(months).toBe(3);
  expect(await kept()).toHaveLength(written);
});

test('where the files cannot be given up nothing goes', async () => {
  const broken = new JournalMonths(database, () => Promise.reject(new Error('no room for the job')));
  await journal.makeAhead(day('2026-09-01'));
  const one = await entry(day('2026-09-03'), { file: newId(BEFORE) });
  await expect(broken.removeBefore(BEFORE)).rejects.toThrow('no room for the job');
  expect(await kept()).toEqual([one]);
  expect(await journal.removeBefore(BEFORE)).toMatchObject({ months: 2 });
});
