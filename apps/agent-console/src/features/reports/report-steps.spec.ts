import { firstLacking, lackingIn, questionsOf } from './report-steps';

const report = (required: string[], fields = {}) => ({ fields, lossKinds: ['collision'], lacks: { required, wanted: [] } });

test('people are asked first, and about injuries only where somebody is hurt', () => {
  expect(questionsOf('people', report([])).map(({ field }) => field)[0]).toBe('injured');
  expect(questionsOf('people', report([], { injured: false })).map(({ field }) => field)).not.toContain('injuries');
  expect(questionsOf('people', report([], { injured: true })).map(({ field }) => field)).toContain('fatality');
});

test('what is missing is counted where it is asked, and the first such step is where the form goes', () => {
  const lacking = report(['reporterName', 'policyNumber', 'lossDate']);
  expect([lackingIn('people', lacking), lackingIn('reporter', lacking), lackingIn('loss', lacking)]).toEqual([0, 2, 1]);
  expect(firstLacking(lacking)).toBe('reporter');
  expect(firstLacking(report([]))).toBeUndefined();
});
