import { breachPromise, cancelPromise, keepPromise, type Standing } from './keep';

const due = new Date('2026-11-25T16:00:00Z');
const before = new Date('2026-11-25T15:59:00Z');
const after = new Date('2026-11-25T16:01:00Z');
const promise = (over: Partial<Standing> = {}): Standing => ({ state: 'open', dueAt: due, settledAt: null, ...over });

test.each([
  ['kept in time', keepPromise(promise(), before), { state: 'kept', settled: true }],
  ['kept at the last moment', keepPromise(promise(), due), { state: 'kept', settled: true }],
  ['done late is broken, and over', keepPromise(promise(), after), { state: 'broken', settled: true }],
  ['broken and done is still broken', keepPromise(promise({ state: 'broken' }), after), { state: 'broken', settled: true }],
  ['what is over stays as it is', keepPromise(promise({ state: 'kept', settledAt: before }), after), undefined],
  ['taken back', cancelPromise(promise()), { state: 'canceled', settled: true }],
  ['broken cannot be taken back', cancelPromise(promise({ state: 'broken' })), { state: 'broken', settled: true }],
  ['not yet', breachPromise(promise(), due), undefined],
  ['its time has passed', breachPromise(promise(), after), { state: 'broken', settled: false }],
  ['broken once', breachPromise(promise({ state: 'broken' }), after), undefined],
  ['kept is never broken', breachPromise(promise({ state: 'kept', settledAt: before }), after), undefined],
])('%s', (_, settlement, expected) => expect(settlement).toEqual(expected));
