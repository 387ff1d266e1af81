import { bySection, rank, ranked } from './rank';

const same = (text: string): string => text;

describe('commands that answer what was typed', () => {
  it('prefers the beginning, then the beginning of a word, then anywhere', () => {
    expect(ranked(['Reassign', 'Do assign', 'Assign to me'], 'assign', same)).toEqual(['Assign to me', 'Do assign', 'Reassign']);
  });

  it('finds letters that stand in order, but not by two letters', () => {
    expect(rank('Settings', 'stg')).toBe(3);
    expect(rank('Settings', 'sg')).toBeUndefined();
    expect(rank('Settings', 'xyz')).toBeUndefined();
  });

  it('works in Chinese', () => {
    expect(ranked(['设为忙碌', '任务', '离开'], '忙碌', same)).toEqual(['设为忙碌']);
  });

  it('keeps everything in its order while nothing is typed', () => {
    expect(ranked(['b', 'a'], ' ', same)).toEqual(['b', 'a']);
  });

  it('takes signs for what they are', () => {
    expect([rank('What? (really)', '(really'), rank('Why', 'a+b(')]).toEqual([1, undefined]);
  });
});

it('lists what is about the thing on the screen first, every heading once', () => {
  const commands = [
    { id: 'presence.busy', section: 'Presence' },
    { id: 'go.claims', section: 'Go to' },
    { id: 'conversation.assign', section: 'Conversation' },
    { id: 'view.todo', section: 'Go to' },
    { id: 'conversation.link', section: 'Conversation' },
  ];
  expect(bySection(commands).map((one) => one.id)).toEqual([
    'conversation.assign',
    'conversation.link',
    'go.claims',
    'view.todo',
    'presence.busy',
  ]);
});
