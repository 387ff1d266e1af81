import { actOn, dueNow, type BroadcastAct, type BroadcastState } from './broadcast';

test.each<[BroadcastState, BroadcastAct, string, string]>([
  ['submitted', 'approve', 'another', 'approved'],
  ['submitted', 'approve', 'author', 'own-approval'],
  ['submitted', 'start', 'another', 'edge-not-allowed'],
  ['approved', 'start', 'author', 'running'],
  ['running', 'pause', 'author', 'paused'],
  ['paused', 'resume', 'author', 'running'],
  ['paused', 'start', 'author', 'edge-not-allowed'],
  ['running', 'cancel', 'author', 'canceled'],
  ['finished', 'cancel', 'author', 'edge-not-allowed'],
  ['canceled', 'resume', 'author', 'edge-not-allowed'],
])('%s, %s by %s: %s', (state, act, by, outcome) => {
  const answer = actOn({ state, createdBy: 'author' }, act, by);
  expect('to' in answer ? answer.to : answer.refused).toBe(outcome);
});

const from = new Date('2026-11-22T08:00:00Z');
test.each([
  [0, 0, 1],
  [0, 1, 0],
  [30, 0, 301],
  [30, 301, 0],
  [60, 400, 201],
  [-5, 0, 1],
])('%i minutes after the start with %i gone, %i of 600 an hour may leave', (minutes, pacedCount, due) => {
  expect(dueNow({ perHour: 600, pacedFrom: from, pacedCount }, new Date(from.getTime() + minutes * 60_000))).toBe(due);
});

test('nothing leaves before the start', () => {
  expect(dueNow({ perHour: 600, pacedFrom: null, pacedCount: 0 }, from)).toBe(0);
});
