import { Database, newId, Outbox, Seal, Wakeups } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import { ClaimCoreEventRepository } from '../line-out/claim-core-event.repository';
import { ClaimCoreLine } from '../line-out/claim-core-line';
import { ImportedPolicies } from '../policy/imported-policies.repository';
import { insertBrand } from '../testing/builders';
import { FnolDrafts, type FnolDraft } from './fnol-drafts.repository';
import type { ReportFields } from './report-fields';
import { Reports } from './reports';

const AT = new Date('2026-11-22T08:00:00Z');
const BY = { accountId: null, at: AT };
const FIELDS: ReportFields = {
  injured: false,
  reporterName: '陈晓',
  phone: '13900008812',
  lineOfBusiness: 'motor',
  policyNumber: 'P8812',
  lossDate: '2026-11-20',
  lossKind: 'rear-end',
  location: '延安路',
  description: '被追尾',
};

let test_: TestDatabase;
let database: Database;
let brandId: string;
let reports: Reports;
const drafts = new FnolDrafts();
const events = new ClaimCoreEventRepository();

beforeAll(async () => {
  test_ = await openTestDatabase();
  database = await Database.open({ url: test_.url });
  brandId = await insertBrand(database);
  const outbox = new Outbox(new Wakeups(database, ''));
  reports = new Reports(drafts, new ClaimCoreLine(events, outbox, new Seal(['a-secret-that-is-only-for-tests-0123456789'])), outbox);
});
afterAll(async () => {
  await database?.close();
  await test_?.close();
});

const begin = async (fields: ReportFields): Promise<FnolDraft> =>
  (
    await database.transaction((tx) =>
      reports.begin(tx, { brandId, conversationId: null, contactId: null, channel: 'console', fields, lossStatedAt: AT }, BY),
    )
  ).draft;
const EVERYBODY = { groups: [], brandIds: [] };
const submit = (id: string) =>
  database.transaction(async (tx) => reports.submit(tx, (await reports.lock(tx, id))!, BY, { contact: null, reader: EVERYBODY }));
const told = async (id: string): Promise<number> =>
  (await events.newest(database, EVERYBODY, { limit: 100, before: null })).filter(
    ({ subject, type }) => subject === id && type === 'fnol.submitted',
  ).length;

test('a report is told once, also by two who submit at the same moment, and what is told is sealed', async () => {
  const { id } = await begin(FIELDS);
  expect(await Promise.all([submit(id), submit(id)])).toEqual([undefined, undefined]);
  expect(await told(id)).toBe(1);
  const [row] = (await events.newest(database, EVERYBODY, { limit: 100, before: null })).filter(({ subject }) => subject === id);
  expect(row!.sealed.toString('utf8')).not.toContain('陈晓');
  expect(await database.transaction((tx) => reports.bind(tx, id, 'CLM-1', AT))).toMatchObject({ id });
  expect(await database.transaction((tx) => reports.bind(tx, id, 'CLM-1', AT))).toBeUndefined();
  expect(await reports.find(database, id)).toMatchObject({ state: 'reported', claimNumber: 'CLM-1' });
});

test('the same policy within a day and of the same kind may be the same loss, until a person says that it is not', async () => {
  const policyNumber = 'P-TWICE';
  const first = await begin({ ...FIELDS, policyNumber });
  await begin({ ...FIELDS, policyNumber, lossKind: 'fire' });
  await begin({ ...FIELDS, policyNumber, lossDate: '2026-11-17' });
  const second = await begin({ ...FIELDS, policyNumber, lossDate: '2026-11-21' });
  const found = await reports.similar(database, second, EVERYBODY);
  expect(found.map(({ reference }) => reference)).toEqual([first.id]);
  expect(await reports.similar(database, second, { groups: [], brandIds: [newId(AT)] })).toEqual([]);
  expect(await submit(second.id)).toMatchObject({ why: 'possible-duplicate' });
  await database.transaction((tx) => reports.setApart(tx, second, [first.id], BY));
  expect(await submit(second.id)).toBeUndefined();
});

test('what was left is found once, and touching it starts anew', async () => {
  const { id } = await begin({});
  const left = (): Promise<boolean> =>
    database.transaction(async (tx) => (await drafts.lockLeft(tx, new Date(AT.getTime() + 1), 50)).some((draft) => draft.id === id));
  expect(await left()).toBe(true);
  await database.transaction((tx) => drafts.noteReminded(tx, id, AT));
  expect(await left()).toBe(false);
  await database.transaction((tx) => drafts.saveFields(tx, id, { reporterName: 'x' }, AT));
  expect(await left()).toBe(true);
});

test('an imported policy is found by the end of its number, its plate however written, and its phone with or without country code', async () => {
  const policies = new ImportedPolicies(database);
  const policy = {
    number: `PD-${newId(AT)}-4477`,
    lineOfBusiness: 'motor',
    holder: '陈晓',
    phone: '+86 139 0000 4477',
    plate: '沪A·F4477',
    startsOn: null,
    endsOn: null,
  };
  await policies.load(database, [policy, policy], AT);
  await policies.load(database, [{ ...policy, holder: '陈晓宇' }], AT);
  const by = async (wish: object): Promise<[string, string][]> => (await policies.find(wish)).map(({ holder, reason }) => [holder, reason]);
  expect(await by({ number: '4477' })).toEqual([['陈晓宇', 'number']]);
  expect(await by({ plate: '沪aF4477' })).toEqual([['陈晓宇', 'plate']]);
  expect(await by({ phone: '13900004477' })).toEqual([['陈晓宇', 'phone']]);
  expect(await by({ number: '477' })).toEqual([]);
  expect(await by({})).toEqual([]);
});
