import { Database, newId, Outbox, Wakeups, type Transaction } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import type { AbsenceRecord } from './absence.entity';
import { AbsenceMoves } from './absence-moves.repository';
import { AbsenceStore } from './absences.repository';
import { Absences } from './absences';

const day = (number: number): Date => new Date(Date.UTC(2026, 10, number));
let test: TestDatabase;
let database: Database;
let absences: Absences;
const moves = new AbsenceMoves();

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
  const text = `INSERT INTO accounts (id, email, name, password_hash, role, created_at) VALUES ($1, $2, 'x', '', 'adjuster', $3)`;
  await database.query({ name: '', text, values: [id, id, day(1)] });
  return id;
}
async function leave(): Promise<AbsenceRecord> {
  const wish = {
    accountId: await account(),
    starts: day(3),
    ends: day(5),
    delegateId: null,
    returns: 'immediately' as const,
    createdBy: null,
  };
  return ((await inside((tx) => absences.enter(tx, wish, day(1)))) as { entered: AbsenceRecord }).entered;
}

it('what was moved is known until it has gone back', async () => {
  const { id: absenceId, accountId: fromId } = await leave();
  const [itemId, toId] = [newId(day(3)), await account()];
  const move = { absenceId, kind: 'conversation' as const, itemId, fromId, toId, at: day(3) };
  await inside((tx) => moves.add(tx, move));
  await inside((tx) => moves.add(tx, { ...move, kind: 'task' }));
  await inside((tx) => moves.add(tx, move));
  expect(await moves.counts(database, absenceId)).toEqual({ conversation: 1, snooze: 0, scheduled: 0, task: 1 });
  expect(await moves.ofConversation(database, itemId)).toMatchObject({ fromId, toId, returnedAt: null });
  const [out] = await moves.out(database, absenceId, 'conversation');
  await inside((tx) => moves.setReturned(tx, out!, day(5)));
  expect(await moves.out(database, absenceId, 'conversation')).toEqual([]);
  expect(await moves.ofConversation(database, itemId)).toBeUndefined();
  expect(await moves.out(database, absenceId, 'task')).toHaveLength(1);
});

describe('work goes back', () => {
  const waits = async (now: Date): Promise<string[]> => (await absences.unreturned(database, now)).map(({ id }) => id);

  it('once, when an absence whose work was moved is over', async () => {
    const absence = await leave();
    expect(await waits(day(6))).not.toContain(absence.id);
    await inside((tx) => absences.moved(tx, absence, day(3)));
    expect(await waits(day(4))).not.toContain(absence.id);
    expect(await waits(day(5))).toContain(absence.id);
    await inside((tx) => absences.returned(tx, absence, day(5)));
    expect(await waits(day(6))).not.toContain(absence.id);
  });

  it('when it was undone, whatever its days; one that is over cannot be undone', async () => {
    const absence = await leave();
    await inside((tx) => absences.moved(tx, absence, day(3)));
    expect(await inside((tx) => absences.undo(tx, absence.id, day(4)))).toMatchObject({ canceledAt: day(4) });
    expect(await waits(day(4))).toContain(absence.id);
    expect(await inside((tx) => absences.undo(tx, absence.id, day(4)))).toBeUndefined();
    const over = await leave();
    expect(await inside((tx) => absences.undo(tx, over.id, day(6)))).toBeUndefined();
  });
});
