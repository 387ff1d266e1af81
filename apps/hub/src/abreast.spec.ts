import type { Conversations } from '@claimline/conversations';
import type { LoggedEvent, Transaction } from '@claimline/database';
import { abreast } from './abreast';

const CLAIM = 'claim-1';
const held: string[][] = [];
const conversations = {
  lockWithClaims: (_: Transaction, ids: readonly string[]) => {
    held.push([...ids]);
    return Promise.resolve(new Map(ids.map((id) => [id, id.startsWith('bound') ? CLAIM : null])));
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

test('the words of a machine and the news of claims are told apart, those of people and customers stand for themselves', () => {
  expect(takes(event('claim.changed', null))).toBe(true);
  expect(takes(event('message.sent', 'a', { authorId: null }))).toBe(true);
  expect(takes(event('message.sent', 'a', { authorId: 'person' }))).toBe(false);
  expect(takes(event('delivery.changed', 'a', { purpose: 'notice', state: 'sent', was: 'sending', again: false }))).toBe(true);
  expect(takes(event('delivery.changed', 'a', { purpose: 'notice', state: 'sent', was: 'sending', again: true }))).toBe(false);
  expect(takes(event('delivery.changed', 'a', { purpose: 'notice', state: 'uncertain', needsPerson: true }))).toBe(false);
  expect(takes(event('delivery.changed', 'a', { purpose: 'reply' }))).toBe(false);
  expect(takes(event('message.received', 'a'))).toBe(false);
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
  expect(await keysOf(tx, events)).toEqual([CLAIM, CLAIM, CLAIM, CLAIM, 'free', 'other']);
  expect(held).toEqual([['bound-a', 'bound-b', 'free']]);
});

test('where nothing was written no conversation is held', async () => {
  expect(await keysOf(tx, [event('claim.changed', null, { claimId: CLAIM }), event('delivery.changed', 'a')])).toEqual([CLAIM, 'a']);
  expect(held).toEqual([]);
});
