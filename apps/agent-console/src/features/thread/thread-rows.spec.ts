import type { Message, ThreadFact } from '@claimline/protocol';
import { firstIndex, firstUnread, rowsOf, type ThreadRow } from './thread-rows';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).toISOString();
const message = (id: string, when: string, more: Partial<Message> = {}): Message =>
  ({
    id,
    at: when,
    direction: 'inbound',
    kind: 'text',
    channel: 'twilio-sms',
    from: '+1',
    author: null,
    subject: null,
    ...more,
  }) as Message;
const fact = (id: string, when: string): ThreadFact => ({ id, at: when, type: 'conversation.assigned', actor: null, params: {} });
const shape = (rows: readonly ThreadRow[]) =>
  rows.map((row) => (row.type === 'facts' ? `facts×${row.facts.length}` : row.type === 'message' ? row.key : row.type));
const parts = { facts: [], outgoing: [], unread: null, begins: true };

it('puts a line where a day begins', () => {
  const rows = rowsOf({ ...parts, items: [message('a', at(20, 9)), message('b', at(20, 10)), message('c', at(21, 8))] });
  expect(shape(rows)).toEqual(['day', 'a', 'b', 'day', 'c']);
});

it('keeps facts that follow each other together, at their place in time', () => {
  const items = [message('a', at(20, 9)), message('b', at(20, 12))];
  const rows = rowsOf({ ...parts, items, facts: [fact('f2', at(20, 11)), fact('f1', at(20, 10)), fact('f3', at(20, 13))] });
  expect(shape(rows)).toEqual(['day', 'a', 'facts×2', 'b', 'facts×1']);
});

it('draws the line of the unread before the first unseen message of the customer', () => {
  const items = [
    message('a', at(20, 9)),
    message('ours', at(20, 10), { direction: 'outbound' }),
    message('b', at(20, 11)),
    message('c', at(20, 12)),
  ];
  const unread = firstUnread(items, 2);
  expect(unread).toEqual({ id: 'b', count: 2 });
  expect(shape(rowsOf({ ...parts, items, unread }))).toEqual(['day', 'a', 'ours', 'unread', 'b', 'c']);
  expect(firstUnread(items, 0)).toBeNull();
  expect(firstUnread(items, 99)?.id).toBe('a');
});

it('joins what one person says in a row, never across channels, kinds or a pause', () => {
  const items = [
    message('a', at(20, 9, 0)),
    message('b', at(20, 9, 2)),
    message('c', at(20, 9, 3), { channel: 'email' }),
    message('d', at(20, 9, 30), { channel: 'email' }),
  ];
  const joined = rowsOf({ ...parts, items }).flatMap((row) => (row.type === 'message' && row.joined ? [row.key] : []));
  expect(joined).toEqual(['b']);
});

it('numbers rows so that a page of older ones moves nothing', () => {
  const newest = [message('m', at(21, 9)), message('n', at(21, 10))];
  const before = rowsOf({ ...parts, items: newest, begins: false });
  const after = rowsOf({ ...parts, items: [message('k', at(20, 9)), message('l', at(21, 8)), ...newest] });
  expect(shape(before)).toEqual(['m', 'n']);
  expect(shape(after)).toEqual(['day', 'k', 'day', 'l', 'm', 'n']);
  const numberOf = (rows: readonly ThreadRow[], key: string) => firstIndex(rows, 'm') + rows.findIndex((row) => row.key === key);
  expect(numberOf(after, 'm')).toBe(numberOf(before, 'm'));
  expect(numberOf(after, 'n')).toBe(numberOf(before, 'n'));
});
