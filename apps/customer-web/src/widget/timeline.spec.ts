import type { VisitorMessage } from '@claimline/protocol';
import fc from 'fast-check';
import { Timeline } from './timeline';

const message = (seq: number, over: Partial<VisitorMessage> = {}): VisitorMessage => ({
  id: `m-${seq}`,
  seq,
  mine: false,
  author: 'Zhang',
  text: `word ${seq}`,
  attachments: [],
  at: '2026-11-22T08:00:00Z',
  read: false,
  clientMsgId: null,
  ...over,
});
const shown = (timeline: Timeline) => timeline.messages.map(({ seq }) => seq);

test('what lies behind a gap is not shown before the gap is filled', () => {
  const timeline = new Timeline();
  timeline.fill([message(1), message(2)]);
  timeline.add([message(5)]);
  expect([shown(timeline), timeline.complete, timeline.hasGap]).toEqual([[1, 2], 2, true]);
  timeline.fill([message(3), message(4)]);
  expect([shown(timeline), timeline.complete, timeline.hasGap]).toEqual([[1, 2, 3, 4, 5], 5, false]);
});

test('a long thread begins where the first answer begins', () => {
  const timeline = new Timeline();
  timeline.add([message(302)]);
  timeline.fill([]);
  expect(shown(timeline)).toEqual([]);
  const other = new Timeline();
  other.fill([message(301), message(302)]);
  expect([shown(other), other.complete]).toEqual([[301, 302], 302]);
});

test('in whatever order and however often messages come, each is shown once and in its place', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([2, 3, 4, 5, 6, 7, 8], { minLength: 7 }), fc.array(fc.integer({ min: 1, max: 8 })), (order, again) => {
      const timeline = new Timeline();
      timeline.fill([message(1)]);
      for (const seq of [...order, ...again]) timeline.add([message(seq)]);
      expect(shown(timeline)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    }),
  );
});

test('only ours count as unread, and only mine are marked read', () => {
  const timeline = new Timeline();
  timeline.fill([message(1, { mine: true }), message(2), message(3), message(4, { mine: true })]);
  expect([timeline.unread(0), timeline.unread(2), timeline.waitsForAnswer]).toEqual([2, 1, true]);
  timeline.markRead(3);
  expect(timeline.messages.map(({ read }) => read)).toEqual([true, false, false, false]);
});
