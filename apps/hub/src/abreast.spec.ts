import type { Conversations } from '@claimline/conversations';
import type { LoggedEvent, Transaction } from '@claimline/database';
import { abreast } from './abreast';

const CLAIM = 'claim-1';
const held: string[][] = [];
const ties: Readonly<Record<string, readonly string[]>> = {
  'bound-a': [CLAIM, 'li', 'phone-a'],
  'bound-b': [CLAIM, 'wang', 'phone-b'],
  'of-li': ['li', 'phone-c'],
  'by-phone-c': ['chen', 'phone-c'],
  free: ['zhao', 'phone-d'],
};
const conversations = {
  lockWithTies: (_: Transaction, ids: readonly string[]) => {
    held.push([...ids]);
    return Promise.resolve(new Map(ids.map((id) => [id, ties[id] ?? []])));
  },
} as unknown as Conversations;
const { takes, keysOf } = abreast('intake', conversations);
const tx = {} as Transaction;
beforeEach(() => held.splice(0));

const event = (type: string, conversationId: string | null, payload: Record<string, unknown> = {}): LoggedEvent => ({
  position: 1,
  id: 'id',
  type,
  conversationId,
  payload,
  at: new Date(0),
});

test('the words of customers and machines and the news of claims are told apart, those of our people and whatever brings a file stand for themselves', () => {
  expect(takes(event('claim.changed', null))).toBe(true);
  expect(takes(event('message.sent', 'a', { authorId: null }))).toBe(true);
  expect(takes(event('message.sent', 'a', { authorId: 'person' }))).toBe(false);
  expect(takes(event('delivery.changed', 'a', { purpose: 'notice', state: 'sent', was: 'sending', again: false }))).toBe(true);
  expect(takes(event('delivery.changed', 'a', { purpose: 'notice', state: 'sent', was: 'sending', again: true }))).toBe(false);
  expect(takes(event('delivery.changed', 'a', { purpose: 'notice', state: 'uncertain', needsPerson: true }))).toBe(false);
  expect(takes(event('delivery.changed', 'a', { purpose: 'reply' }))).toBe(false);
  expect(takes(event('message.received', 'a', { hasMedia: false }))).toBe(true);
  expect(takes(event('message.received', 'a', { hasMedia: true }))).toBe(false);
  expect(takes(event('message.noted', 'a'))).toBe(false);
  expect(takes(event('conversation.labeled', 'a'))).toBe(true);
  expect(takes(event('conversation.linked', 'a'))).toBe(false);
});

test('notices of several changes are planned at the same time; what their deliveries come to is not', () => {
  const notices = abreast('notices', conversations);
  expect(notices.takes(event('claim.changed', null))).toBe(true);
  expect(notices.takes(event('delivery.changed', 'a', { purpose: 'notice' }))).toBe(false);
});

test('what concerns one claim has one key, whether it is told of the claim or of one of its conversations, which are held', async () => {
  const events = [
    event('claim.changed', null, { claimId: CLAIM }),
    event('message.sent', 'bound-a'),
    event('delivery.changed', 'bound-a'),
    event('message.sent', 'bound-b'),
    event('message.sent', 'free'),
    event('delivery.changed', 'other'),
  ];
  const keys = await keysOf(tx, events);
  expect(new Set(keys.slice(0, 4)).size).toBe(1);
  expect(new Set(keys).size).toBe(3);
  expect(held).toEqual([['bound-a', 'bound-b', 'free']]);
});

test('one person and one address are one key, also where only another conversation binds them together', async () => {
  const received = (id: string): LoggedEvent => event('message.received', id);
  const labeled = event('conversation.labeled', 'of-li');
  const [claim, chen, li, free] = await keysOf(tx, [received('bound-a'), received('by-phone-c'), labeled, received('free')]);
  expect(chen).toBe(claim);
  expect(li).toBe(claim);
  expect(free).not.toBe(claim);
  expect(held).toEqual([['bound-a', 'by-phone-c', 'of-li', 'free']]);
});

test('where nothing was written no conversation is held', async () => {
  expect(await keysOf(tx, [event('claim.changed', null, { claimId: CLAIM }), event('delivery.changed', 'a')])).toEqual([CLAIM, 'a']);
  expect(held).toEqual([]);
});
