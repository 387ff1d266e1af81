import { Database, newId, Outbox, Wakeups, type Transaction } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import { AbsenceStore } from './absences.repository';
import { Absences } from './absences';

const day = (number: number): Date => new Date(Date.UTC(2026, 10, number));
let test: TestDatabase;
let database: Database;
let absences: Absences;
beforeAll(async () => {
  test = await openTestDatabase();
  database = await Database.open({ url: test.url });
  absences = new Absences(new AbsenceStore(), new Outbox(new Wakeups(database, '')));
});
afterAll(async () => {
  await database.close();
  await test.close();
});

const inside = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => database.transaction(work);
async function account(): Promise<string> {
  const id = newId(day(1));
  await database.query({
    name: '',
    text: `INSERT INTO accounts (id, email, name, password_hash, role, created_at) VALUES ($1, $2, 'x', '', 'adjuster', $3)`,
    values: [id, id, day(1)],
  });
  return id;
}
const enter = (accountId: string, from: number, to: number, delegateId: string | null = null) =>
  inside((tx) =>
    absences.enter(tx, { accountId, starts: day(from), ends: day(to), delegateId, returns: 'on-close', createdBy: accountId }, day(1)),
  );
const current = async (now: Date) => (await absences.current(database, now)).map(({ accountId }) => accountId);

describe('absences', () => {
  it('run between their dates, with their delegate', async () => {
    const [a, b] = [await account(), await account()];
    await enter(a, 3, 5, b);
    expect(await current(day(2))).not.toContain(a);
    expect((await absences.current(database, day(3))).find(({ accountId }) => accountId === a)).toMatchObject({
      delegateId: b,
      returns: 'on-close',
      starts: day(3),
      ends: day(5),
    });
    expect(await current(new Date(day(5).getTime() - 1))).toContain(a);
    expect(await current(day(5))).not.toContain(a);
    expect(await absences.upcoming(database, a, day(1))).toHaveLength(1);
    expect(await absences.upcoming(database, a, day(5))).toEqual([]);
  });

  it('of one person never overlap, also when entered at once', async () => {
    const a = await account();
    const results = await Promise.all(Array.from({ length: 5 }, () => enter(a, 3, 5)));
    expect(results.filter((result) => 'entered' in result)).toHaveLength(1);
    expect(results.filter((result) => 'problem' in result && result.problem === 'overlaps')).toHaveLength(4);
  });

  it('that are called off before they begin leave room for others, and both are told', async () => {
    const a = await account();
    const result = await enter(a, 3, 5);
    const { id } = (result as { entered: { id: string } }).entered;
    await inside((tx) => absences.callOff(tx, id, day(2)));
    expect(await current(day(4))).not.toContain(a);
    expect(await enter(a, 4, 6)).toHaveProperty('entered');
    const events = await database.query({ name: '', text: `SELECT type FROM outbox WHERE payload->>'absenceId' = $1`, values: [id] });
    expect(events).toEqual([{ type: 'absence.changed' }, { type: 'absence.changed' }]);
  });

  it('that are called off while they run have been until then', async () => {
    const a = await account();
    const { id } = ((await enter(a, 3, 9)) as { entered: { id: string } }).entered;
    await inside((tx) => absences.callOff(tx, id, day(5)));
    expect(await current(day(4))).toContain(a);
    expect(await current(day(6))).not.toContain(a);
  });
});
