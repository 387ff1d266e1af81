import type { TeamMember } from '@claimline/protocol';
import { daysOfThisWeek, endAfter, inOrderOfNeed, suggestedDelegate } from './team-order';

const member = (id: string, part: Partial<TeamMember> = {}): TeamMember => ({
  id,
  name: id,
  role: 'adjuster',
  presence: 'online',
  used: 0,
  capacity: 100,
  teams: [],
  lines: ['motor'],
  languages: ['zh-CN'],
  open: 0,
  waiting: 0,
  overdue: 0,
  soon: 0,
  tasks: 0,
  promisesToday: 0,
  absence: null,
  ...part,
});
const absence = { id: 'a', until: '2026-11-23T00:00:00Z', delegate: null };

it('whoever is late stands first, whoever is away and has nothing last', () => {
  const people = [
    member('away', { absence }),
    member('much', { open: 9 }),
    member('late', { overdue: 1 }),
    member('soon', { soon: 2 }),
    member('left', { absence, open: 3, overdue: 2 }),
  ];
  expect(inOrderOfNeed(people).map(({ id }) => id)).toEqual(['left', 'late', 'soon', 'much', 'away']);
});

describe('who could stand in', () => {
  const sick = member('sick');
  const pick = (...others: TeamMember[]): string | undefined => suggestedDelegate(sick, [sick, ...others])?.id;
  it.each([
    ['is here', [member('off', { presence: 'offline' }), member('here')], 'here'],
    ['knows the same', [member('half', { lines: ['travel'] }), member('whole', { used: 50 })], 'whole'],
    ['has the most room', [member('full', { used: 90 }), member('free', { used: 10 })], 'free'],
    ['is not away', [member('away', { absence }), member('off', { presence: 'offline' })], 'off'],
    ['is an adjuster', [member('boss', { role: 'supervisor' })], undefined],
    ['knows anything of it at all', [member('other', { lines: ['travel'], languages: ['en'] })], undefined],
  ])('%s', (_, others, id) => {
    expect(pick(...others)).toBe(id);
  });
});

it('one day ends at midnight, three days two midnights later', () => {
  const now = new Date(2026, 10, 18, 9, 30).getTime();
  expect(endAfter(1, now)).toEqual(new Date(2026, 10, 19));
  expect(endAfter(3, now)).toEqual(new Date(2026, 10, 21));
  expect(endAfter(daysOfThisWeek(now), now)).toEqual(new Date(2026, 10, 23));
  expect(daysOfThisWeek(new Date(2026, 10, 22).getTime())).toBe(1);
});
