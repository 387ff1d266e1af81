import type { ConversationItem } from '@claimline/protocol';
import { recentCustomers } from './recent-customers';

const conversation = (contact: string, lastMessageAt: string, preview: string): ConversationItem =>
  ({ contact: { id: contact, name: contact, kind: 'person' }, channel: 'email', lastMessageAt, preview }) as ConversationItem;

it('names each customer once, with the last words, whoever spoke last first', () => {
  const rows = recentCustomers([
    conversation('li', '2026-11-20T08:00:00Z', 'old'),
    conversation('wang', '2026-11-21T08:00:00Z', 'hello'),
    conversation('li', '2026-11-22T08:00:00Z', 'new'),
  ]);
  expect(rows.map((row) => [row.id, row.last?.words])).toEqual([
    ['li', 'new'],
    ['wang', 'hello'],
  ]);
});
