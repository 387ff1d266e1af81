import { Database, newId } from '@claimline/database';
import { openTestDatabase } from '@claimline/database/testing';
import { SURVEY_QUESTIONS, SurveyStore } from '@claimline/quality';
import { writeSurveys } from '../demo/seed/write-surveys';
import { periodOf } from '../surveys/period';
import { SurveyReportView } from './survey-report.view';

const NOW = new Date('2026-11-22T02:00:00Z');
const ZONE = 'Asia/Shanghai';
const viewer = { id: newId(NOW), role: 'supervisor', brandIds: [], groups: [] } as const;
let database: Database;
let view: SurveyReportView;
let close: () => Promise<void>;

const sql = <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> => database.query<Row>({ name: '', text, values });

beforeAll(async () => {
  const opened = await openTestDatabase();
  close = opened.close;
  database = await Database.open({ url: opened.url });
  view = new SurveyReportView(database, new SurveyStore());
  await sql(`INSERT INTO brands VALUES ($1, 'anhe', 'Anhe', 'zh-CN', $2, $3)`, [newId(NOW), ZONE, NOW]);
  await sql(
    `INSERT INTO accounts (id, email, name, password_hash, role, created_at) VALUES ($1, 'li@anhe.test', 'Li', 'x', 'adjuster', $2)`,
    [newId(NOW), NOW],
  );
  await database.transaction((tx) => writeSurveys(tx, NOW));
});
afterAll(async () => {
  await database.close();
  await close();
});

test('every figure is what the rows say, counted by the database', async () => {
  const report = await view.report(viewer, periodOf({}, ZONE, NOW)!);
  expect([report.from, report.to, report.before]).toEqual(['2026-10-24', '2026-11-22', { from: '2026-09-24', to: '2026-10-23' }]);
  const inside = `answered_at >= '2026-10-23T16:00:00Z' AND answered_at < '2026-11-22T16:00:00Z'`;
  const earlier = `answered_at >= '2026-09-23T16:00:00Z' AND answered_at < '2026-10-23T16:00:00Z'`;
  const percents = { overall: 75, process: 80, attitude: 78, efficiency: 72, outcome: 76 };
  for (const question of SURVEY_QUESTIONS) {
    const count = (where: string) =>
      sql<{ n: number; good: number }>(
        `SELECT count(${question})::int AS n, count(*) FILTER (WHERE ${question} >= 4)::int AS good FROM survey_responses WHERE ${where}`,
      ).then(([row]) => row!);
    const [now, before] = [await count(inside), await count(earlier)];
    expect(now.n).toBeGreaterThan(100);
    const points = (percent: number): number => Math.round((1000 * now.good) / now.n - 10 * percent) / 10;
    expect(report.questions.find((one) => one.question === question)).toEqual({
      question,
      n: now.n,
      share: now.good / now.n,
      isEnough: true,
      baseline: percents[question],
      toBaseline: points(percents[question]),
      before: { n: before.n, share: before.good / before.n },
      toBefore: points((100 * before.good) / before.n),
    });
  }
  for (const [parts, column] of [
    [report.byMode, 'mode'],
    [report.byChannel, 'channel'],
  ] as const) {
    expect(parts.reduce((sum, { n }) => sum + n, 0)).toBe(report.responses);
    const [phone] = await sql<{ code: string; n: number }>(
      `SELECT ${column} AS code, count(*)::int AS n FROM survey_responses WHERE ${inside} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1`,
    );
    expect(parts[0]).toMatchObject(phone!);
  }
});

test('of a brand that somebody does not work for nothing is counted', async () => {
  const report = await view.report({ ...viewer, brandIds: [newId(NOW)] }, periodOf({}, ZONE, NOW)!);
  expect([report.responses, report.invitations.responseRate, report.firstResponse.share, report.toldFirst.n]).toEqual([0, null, null, 0]);
});

test('the day from which a baseline counts decides which one is in force', async () => {
  const store = new SurveyStore();
  await database.transaction((tx) => store.importBaselines(tx, { overall: 90 }, { effectiveOn: '2026-12-01', at: NOW, by: null }));
  expect((await store.baselines(database, '2026-11-30')).percents.overall).toBe(75);
  expect(await store.baselines(database, '2026-12-01')).toMatchObject({
    percents: { overall: 90, process: 80 },
    effectiveOn: '2026-12-01',
  });
});

test('a period that ends before it begins is none; the one before is as long', () => {
  expect(periodOf({ from: '2026-11-02', to: '2026-11-01' }, ZONE, NOW)).toBeUndefined();
  expect(periodOf({ from: '2026-11-01', to: '2026-11-07' }, ZONE, NOW)!.before).toMatchObject({
    fromDay: '2026-10-25',
    toDay: '2026-10-31',
  });
});
