import * as fc from 'fast-check';
import { csvOf, demandsAction, totalsOf, type ReportRow } from './complaint-report';

const row = (over: Partial<ReportRow> = {}): ReportRow => ({
  number: 'CP-2026-000001',
  receivedAt: new Date('2026-11-02T03:00:00Z'),
  state: 'closed',
  category: 'claim_amount',
  rootCause: 'assessment',
  line: 'motor',
  channel: 'email',
  handler: '李娜',
  regulator: null,
  claim: 'CLM-1',
  repeated: false,
  reopened: false,
  score: null,
  days: 3,
  ...over,
});

const anyRow = fc
  .record({
    category: fc.option(fc.constantFrom('other', 'claim_amount')),
    rootCause: fc.option(fc.constantFrom('clause', 'payment')),
    line: fc.option(fc.constantFrom('motor', 'health')),
    channel: fc.constantFrom('email', 'wechat'),
    handler: fc.option(fc.constantFrom('A', 'B')),
    repeated: fc.boolean(),
  })
  .map(row);

test('every breakdown sums up to the rows', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 40 }), (rows) => {
      const totals = totalsOf(rows, 100);
      for (const counts of [totals.byCategory, totals.byRootCause, totals.byLine, totals.byChannel, totals.byHandler])
        expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
    }),
  );
});

test('rates, satisfaction, and nothing where there is nothing to divide by', () => {
  const rows = [row({ repeated: true, score: 2, reopened: true }), row({ score: 5 }), row(), row({ regulator: 'NAIC' })];
  expect(totalsOf(rows, 200)).toMatchObject({
    total: 4,
    withRegulator: 1,
    rate: 0.02,
    repeatRate: 0.25,
    reopenRate: 0.25,
    satisfaction: { mean: 3.5, answers: 2 },
  });
  expect(totalsOf([], 0)).toMatchObject({ rate: null, repeatRate: null, satisfaction: { mean: null, answers: 0 } });
});

test('a cause that came often enough demands an action until it has one', () => {
  const counts = totalsOf(
    [row(), row(), row(), row({ rootCause: null }), row({ rootCause: null }), row({ rootCause: null })],
    1,
  ).byRootCause;
  expect(demandsAction(counts, 3, [])).toEqual(['assessment']);
  expect(demandsAction(counts, 3, ['assessment'])).toEqual([]);
});

test('the file is one that spreadsheets read and do not run', () => {
  const [head, first] = csvOf([row({ handler: '=cmd|"x"', claim: 'a,b' })]).split('\r\n');
  expect(head).toMatch(/^\uFEFFnumber,received,/);
  expect(first).toContain(`"'=cmd|""x"""`);
  expect(first).toContain('"a,b"');
});
