import { Database, newId, Seal } from '@claimline/database';
import { openTestDatabase } from '@claimline/database/testing';
import { lastFour } from './payee-choice';
import { PayeeChoices } from './payee-choices.repository';

const AT = new Date('2026-11-22T08:00:00Z');
const DETAILS = { method: 'bank-transfer', holder: '王芳', account: '6222 0212 3456 7890', bank: '工商银行' } as const;

let test_: Awaited<ReturnType<typeof openTestDatabase>>;
let database: Database;
const choices = new PayeeChoices(new Seal(['a-secret-that-is-only-for-tests-0123456789']));
const contactId = newId(AT);
const linkId = newId(AT);

beforeAll(async () => {
  test_ = await openTestDatabase();
  database = await Database.open({ url: test_.url });
  await database.query({
    name: 'c',
    text: `INSERT INTO contacts (id, kind, name, created_at) VALUES ($1, 'person', 'x', $2)`,
    values: [contactId, AT],
  });
  await database.query({
    name: 'l',
    text: `INSERT INTO secure_links (id, token_hash, purpose, contact_id, single_use, created_at, expires_at) VALUES ($1, '\\x00', 'payee', $2, true, $3, $3)`,
    values: [linkId, contactId, AT],
  });
});
afterAll(async () => {
  await database.close();
  await test_.close();
});

test('a choice is sealed, shown by its last four, opened for the claim core and erased when it has been taken', async () => {
  const made = await database.transaction((tx) =>
    choices.add(tx, { claimNumber: 'CLM-2026-000001', contactId, linkId, details: DETAILS }, AT),
  );
  expect(made).toMatchObject({ method: 'bank-transfer', last4: '7890', acknowledgedAt: null });
  const [row] = await database.query<{ row: string }>({ name: 'r', text: 'SELECT p::text AS row FROM payee_choices p', values: [] });
  for (const secret of ['6222', '0212', '王芳', '工商', Buffer.from('6222 0212').toString('hex')]) expect(row!.row).not.toContain(secret);
  expect(await choices.find(database, 'CLM-2026-000002', made.id)).toBeUndefined();
  expect(await database.transaction((tx) => choices.open(tx, made.id, AT))).toEqual(DETAILS);
  await database.transaction((tx) => choices.acknowledge(tx, made.id, AT));
  await database.transaction((tx) => choices.acknowledge(tx, made.id, new Date(AT.getTime() + 1000)));
  expect(await database.transaction((tx) => choices.open(tx, made.id, AT))).toBeUndefined();
  expect(await choices.find(database, 'CLM-2026-000001', made.id)).toMatchObject({ last4: '7890', acknowledgedAt: AT });
});

test('one link makes one choice, whatever happens', async () => {
  await expect(
    database.transaction((tx) => choices.add(tx, { claimNumber: 'CLM-2026-000001', contactId, linkId, details: DETAILS }, AT)),
  ).rejects.toMatchObject({ code: '23505' });
});

test.each([
  [DETAILS, '7890'],
  [{ method: 'alipay', holder: '王芳', account: '138-0000-4321' } as const, '4321'],
  [{ method: 'wechat-pay', holder: '王芳', account: 'wf12' } as const, null],
  [{ method: 'cheque', holder: 'Wang Fang', address: '1 Main Street' } as const, null],
])('of %j people see %s', (details, shown) => {
  expect(lastFour(details)).toBe(shown);
});
