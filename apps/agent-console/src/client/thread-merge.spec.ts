import type { Message, Thread } from '@claimline/protocol';
import { withMessage, withNewest, withOlder } from './thread-merge';

const message = (n: number, text = `text ${n}`): Message =>
  ({ id: `m${String(n).padStart(3, '0')}`, at: new Date(2026, 10, 22, 9, n).toISOString(), text }) as Message;
const page = (from: number, to: number, next: string | null, position = to): Thread => ({
  items: Array.from({ length: to - from + 1 }, (_, index) => message(from + index)),
  facts: [],
  next,
  position,
});
const ids = (known: { items: readonly Message[] }) => known.items.map((one) => Number(one.id.slice(1)));

it('stitches the newest page to what is known, without doubles and with the way back kept', () => {
  const known = withOlder(withNewest(undefined, page(11, 20, 'before-11')), page(1, 10, null));
  const now = withNewest(known, page(15, 23, 'before-15', 99));
  expect(ids(now)).toEqual(Array.from({ length: 23 }, (_, index) => index + 1));
  expect(now.next).toBeNull();
  expect(now.position).toBe(99);
});

it('never shows a hole: without a joint it begins anew at the end', () => {
  const known = withNewest(undefined, page(1, 10, null));
  const now = withNewest(known, page(50, 60, 'before-50'));
  expect(ids(now)[0]).toBe(50);
  expect(now.next).toBe('before-50');
});

it('lets the fresh state of a message win and keeps the order of time', () => {
  const known = withNewest(undefined, page(1, 3, null));
  const now = withMessage(known, { ...message(2), text: 'changed' });
  expect(now.items.map((one) => one.text)).toEqual(['text 1', 'changed', 'text 3']);
  expect(ids(withMessage(known, message(0)))).toEqual([0, 1, 2, 3]);
});

it('never lets the position run backwards', () => {
  const known = withNewest(undefined, page(1, 3, null, 40));
  expect(withNewest(known, page(1, 3, null, 12)).position).toBe(40);
});
