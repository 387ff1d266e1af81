import { snoozeChoices } from './snooze-choices';

const names = (at: Date) => snoozeChoices(at.getTime()).map((choice) => choice.name);

it('offers the afternoon only while it is well ahead', () => {
  expect(names(new Date(2026, 10, 18, 9))).toEqual(['hour', 'afternoon', 'tomorrow', 'monday']);
  expect(names(new Date(2026, 10, 18, 14))).toEqual(['hour', 'tomorrow', 'monday']);
});

it('does not offer Monday twice on a Sunday, and means the next one on a Monday', () => {
  expect(names(new Date(2026, 10, 22, 16))).toEqual(['hour', 'tomorrow']);
  const monday = snoozeChoices(new Date(2026, 10, 23, 16).getTime()).find((choice) => choice.name === 'monday');
  expect(new Date(monday?.at ?? 0)).toEqual(new Date(2026, 10, 30, 9));
});
