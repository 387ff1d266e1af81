import type { ConversationItem } from '@claimline/protocol';
import { afterDone, groupOf, linesOf, neighbour, orderOf } from './conversation-groups';

const now = new Date(2026, 10, 22, 10, 0).getTime();
const inHours = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
const row = (id: string, at: string | null, breached = false): ConversationItem =>
  ({
    id,
    nextDue: at ? { at, kind: 'next-response', breached } : null,
    labels: [] as string[],
    awaitingReply: true,
  }) as unknown as ConversationItem;

describe('the groups of To do', () => {
  it.each([
    ['a deadline that passed', inHours(-1), 'overdue'],
    ['half an hour left', inHours(0.5), 'hour'],
    ['this evening', inHours(9), 'today'],
    ['tomorrow', inHours(26), 'waiting'],
    ['no deadline', null, 'waiting'],
  ])('%s', (_words, at, group) => {
    expect(groupOf(row('a', at), now)).toBe(group);
  });

  it('puts somebody who is hurt before every deadline, until they are answered', () => {
    const hurt = { ...row('a', inHours(26)), labels: ['injury'] };
    expect(groupOf(hurt, now)).toBe('hurt');
    expect(groupOf({ ...hurt, awaitingReply: false }, now)).toBe('waiting');
  });

  it('believes the hub that a clock is breached, even where this machine thinks there is time', () => {
    expect(groupOf(row('a', inHours(3), true), now)).toBe('overdue');
  });

  it('puts the most urgent group first and counts it', () => {
    const lines = linesOf([row('later', null), row('late', inHours(-2)), row('soon', inHours(0.2))], 'todo', now);
    expect(lines.map((line) => ('head' in line ? `${line.head} ${line.count}` : line.item.id))).toEqual([
      'overdue 1',
      'late',
      'hour 1',
      'soon',
      'waiting 1',
      'later',
    ]);
    expect(orderOf(lines).map((item) => item.id)).toEqual(['late', 'soon', 'later']);
  });

  it('keeps the order of the hub in every other view', () => {
    const lines = linesOf([row('b', null), row('a', inHours(-2))], 'mine', now);
    expect(orderOf(lines).map((item) => item.id)).toEqual(['b', 'a']);
  });
});

describe('moving through the list', () => {
  const order = [row('a', null), row('b', null), row('c', null)];

  it('starts at the first, goes on by one and stays at the ends', () => {
    expect(neighbour(order, null, 1)).toBe('a');
    expect(neighbour(order, 'a', 1)).toBe('b');
    expect(neighbour(order, 'a', -1)).toBe('a');
    expect(neighbour(order, 'c', 1)).toBe('c');
  });

  it('goes to the next one after sending, and back at the end', () => {
    expect(afterDone(order, 'a')).toBe('b');
    expect(afterDone(order, 'c')).toBe('b');
    expect(afterDone([row('a', null)], 'a')).toBeNull();
    expect(afterDone(order, 'gone')).toBe('a');
  });
});
