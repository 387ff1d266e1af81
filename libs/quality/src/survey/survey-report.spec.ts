import type { Scores } from './survey';
import { baselinesOfCsv, questionFigures, satisfactionBy, surveyCsv, type SurveyRow } from './survey-report';

const row = (scores: Scores, over: Partial<SurveyRow> = {}): SurveyRow => ({
  answeredAt: new Date('2026-11-20T02:00:00Z'),
  claim: 'CLM-2026-000001',
  handler: 'Li Na',
  mode: 'sms',
  channel: 'twilio-sms',
  language: 'en',
  scores,
  comment: null,
  ...over,
});
const times = (n: number, of: SurveyRow): SurveyRow[] => Array.from({ length: n }, () => of);

test('satisfied is the share of 4 and 5, per question; the delta is in percentage points', () => {
  const now = [...times(24, row({ overall: 4, process: 1 })), ...times(6, row({ overall: 3, process: 1 }))];
  const figures = questionFigures(now, times(2, row({ overall: 5 })), { overall: 75, process: 80 });
  expect(figures[0]).toEqual({
    question: 'overall',
    n: 30,
    share: 0.8,
    isEnough: true,
    baseline: 75,
    toBaseline: 5,
    before: { n: 2, share: 1 },
    toBefore: -20,
  });
  // Overall is its own question: four unhappy dimensions do not pull it down.
  expect(figures[1]).toMatchObject({ question: 'process', share: 0, toBaseline: -80, toBefore: null });
  expect(figures[2]).toMatchObject({ question: 'attitude', n: 0, share: null, isEnough: false, baseline: null, toBaseline: null });
});

test('29 answers are too few to say', () => {
  expect(questionFigures(times(29, row({ overall: 5 })), [], {})[0]).toMatchObject({ n: 29, isEnough: false });
});

test('groups are counted by what answered overall', () => {
  const rows = [row({ overall: 5 }), row({ overall: 2 }), row({ overall: 4 }, { mode: 'phone' })];
  expect(satisfactionBy(rows, ({ mode }) => mode)).toEqual([
    { code: 'sms', n: 2, share: 0.5 },
    { code: 'phone', n: 1, share: 1 },
  ]);
});

test('a comment that begins like a formula is a text in the CSV', () => {
  const csv = surveyCsv([row({ overall: 5, outcome: 1 }, { comment: '=1+1, "fine"' })]);
  expect(csv.split('\r\n')[0]).toBe(
    '\uFEFFanswered,claim,handler,mode,channel,language,overall,process,attitude,efficiency,outcome,comment',
  );
  expect(csv.split('\r\n')[1]).toBe(`2026-11-20T02:00:00.000Z,CLM-2026-000001,Li Na,sms,twilio-sms,en,5,,,,1,"'=1+1, ""fine"""`);
});

test('a baseline is read from CSV, or not at all', () => {
  expect(baselinesOfCsv('\uFEFFquestion,percent\r\noverall,75\r\nprocess,80 %\r\n')).toEqual({ overall: 75, process: 80 });
  expect(baselinesOfCsv('overall,75\nspeed,80')).toBeUndefined();
  expect(baselinesOfCsv('overall,175')).toBeUndefined();
});
