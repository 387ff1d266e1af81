import { dayIn, flagsOf, isInFuture, refusalOf, toldReport, type ReportState } from './report';
import { changedFields, missingFields, type ReportFields } from './report-fields';

const complete: ReportFields = {
  injured: false,
  reporterName: '陈晓',
  wechat: 'oX',
  lineOfBusiness: 'motor',
  policyNumber: 'P8812',
  lossDate: '2026-11-22',
  lossKind: 'rear-end',
  location: '延安路',
  description: '被追尾',
};
const without = (...names: (keyof ReportFields)[]): ReportFields =>
  changedFields(complete, Object.fromEntries(names.map((name) => [name, null])));

test.each<[string, ReportFields, string[]]>([
  ['everything', complete, []],
  ['any one way to reach the reporter is enough', { ...without('wechat'), email: 'a@b.test' }, []],
  ['nobody can be reached', without('wechat'), ['phone']],
  ['a plate finds the policy too', { ...without('policyNumber'), plate: '沪A12345' }, []],
  ['so do name and date of birth', { ...without('policyNumber'), birthDate: '1990-01-01' }, []],
  ['nothing finds the policy', without('policyNumber'), ['policyNumber']],
  ['a car accident happened somewhere', without('location'), ['location']],
  ['a life claim is not asked where', { ...without('location'), lineOfBusiness: 'life' }, []],
  ['nothing yet', {}, ['injured', 'reporterName', 'lineOfBusiness', 'lossDate', 'lossKind', 'description', 'phone', 'policyNumber']],
  ['somebody is hurt: the rest is asked later', { injured: true, reporterName: '陈晓', phone: '139' }, ['location']],
])('still required: %s', (_, fields, required) => {
  expect(missingFields(fields).required).toEqual(required);
});

test('words of spaces and null take an answer away, what is not named stays', () => {
  expect(changedFields({ location: 'x', plate: 'y' }, { location: '  ', plate: null, phone: '1' })).toEqual({ phone: '1' });
});

test.each([
  [{ ...complete, policyFrom: '2026-01-01', policyTo: '2026-12-31' }, []],
  [{ ...complete, policyFrom: '2026-12-01' }, ['outside-policy-period']],
  [{ ...complete, policyTo: '2026-11-21' }, ['outside-policy-period']],
  [{ injured: true, fatality: true }, ['injury', 'fatality', 'no-policy']],
])('flags of %j', (fields, flags) => {
  expect(flagsOf(fields)).toEqual(flags);
});

const similar = [{ kind: 'claim', reference: 'CLM-1', lossDate: '2026-11-21', lossKind: null, stage: 'reported' }] as const;
const refused = (
  fields: ReportFields,
  around: { today?: string; similar?: typeof similar | []; state?: ReportState } = {},
): string | undefined =>
  refusalOf({ state: around.state ?? 'open', fields }, { today: around.today ?? '2026-11-22', similar: around.similar ?? [] })?.why;

test('a report goes out when it is complete, of the past, and no second one unless a person says so or somebody is hurt', () => {
  expect(refused(complete)).toBeUndefined();
  expect(refused(without('reporterName'))).toBe('incomplete');
  expect(refused(complete, { today: '2026-11-21' })).toBe('loss-in-future');
  expect(refused(complete, { similar })).toBe('possible-duplicate');
  expect(refused({ ...complete, injured: true }, { similar })).toBeUndefined();
  expect(refused(complete, { state: 'submitted' })).toBe('closed');
});

test('today is where the loss happened, not where the server stands', () => {
  const at = new Date('2026-11-21T17:00:00Z');
  expect([dayIn('Asia/Shanghai', at), dayIn('America/New_York', at), dayIn('no/where', at)]).toEqual([
    '2026-11-22',
    '2026-11-21',
    '2026-11-21',
  ]);
  expect(isInFuture('2026-11-22', dayIn('Asia/Shanghai', at))).toBe(false);
});

test('the claim core gets the same report whichever channel filled it, in whichever order', () => {
  const turned = Object.fromEntries(Object.entries(complete).reverse()) as ReportFields;
  expect(toldReport(turned)).toEqual(toldReport(complete));
  expect(toldReport(complete)).toMatchObject({
    safety: { injured: false },
    policy: { policyNumber: 'P8812' },
    loss: { lossKind: 'rear-end' },
    evidence: [],
  });
});
