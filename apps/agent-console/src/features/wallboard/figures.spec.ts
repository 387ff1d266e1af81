import type { Colleague, ConversationItem } from '@claimline/protocol';
import { atRisk, oldest, peopleInOrder, queuesOf } from './figures';

const now = Date.parse('2026-11-22T12:00:00Z');
const minutes = (count: number): string => new Date(now + count * 60_000).toISOString();
const conversation = (id: string, part: Partial<ConversationItem> = {}): ConversationItem =>
  ({ id, status: 'open', claim: null, awaitingReply: true, nextDue: null, lastMessageAt: minutes(-5), ...part }) as ConversationItem;
const due = (id: string, at: number, breached = false) =>
  conversation(id, { nextDue: { at: minutes(at), kind: 'first-response', breached } });
const ids = (some: readonly ConversationItem[]): string[] => some.map((one) => one.id);

describe('what waits', () => {
  it('is counted by line, and what has no claim comes last', () => {
    const motor = { number: 'C1', stage: 'reported', line: 'motor' };
    const queues = queuesOf([conversation('a'), conversation('b'), conversation('c', { claim: motor })]);
    expect(queues.map(([line, waiting]) => [line, waiting.count])).toEqual([
      ['motor', 1],
      [null, 2],
    ]);
  });

  it('waits longest where the customer was not answered, not where we wait for them', () => {
    const ours = conversation('ours', { awaitingReply: false, lastMessageAt: minutes(-500) });
    expect(oldest([ours, conversation('new'), conversation('old', { lastMessageAt: minutes(-60) })])?.id).toBe('old');
    expect(oldest([ours])).toBeNull();
  });
});

describe('clocks at risk', () => {
  it('are those over and those within the hour, nearest first', () => {
    const risk = atRisk(
      [due('later', 90), due('soon', 30), due('over', -5), due('sooner', 10), due('marked', 5, true), conversation('none')],
      now,
    );
    expect([ids(risk.over), ids(risk.soon)]).toEqual([
      ['over', 'marked'],
      ['sooner', 'soon'],
    ]);
  });
});

it('puts the freest colleague who takes work at the top', () => {
  const person = (id: string, presence: Colleague['presence'], used: number, capacity = 100): Colleague =>
    ({ id, presence, used, capacity }) as Colleague;
  const people = peopleInOrder([
    person('off', 'offline', 0),
    person('full', 'online', 90),
    person('free', 'online', 10),
    person('none', 'online', 0, 0),
  ]);
  expect(people.map((one) => one.id)).toEqual(['free', 'full', 'none', 'off']);
});
