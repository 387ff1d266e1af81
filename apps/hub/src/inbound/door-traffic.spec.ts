import { DoorTraffic } from './door-traffic';

let now = 1_000;
const traffic = new DoorTraffic(() => now);
const bring = (contacts: number, milliseconds: number): void => {
  for (let i = 0; i < contacts; i++) traffic.note();
  now += milliseconds;
};

test('quiet doors let follow-ups go on; a storm makes them wait; after it they go on', async () => {
  expect(traffic.isBusy()).toBe(false);
  bring(10, 1_000);
  expect(traffic.isBusy()).toBe(false);
  bring(300, 500);
  expect(traffic.isBusy()).toBe(true);
  bring(0, 500);
  expect(traffic.isBusy()).toBe(false);
});

test.each([
  ['busy', 300, 10, 40],
  ['busy, and a slow follow-up', 300, 5_000, 250],
  ['quiet', 1, 10, 0],
])('%s: after its work a follow-up leaves the doors their share', (_, contacts, worked, pause) => {
  bring(0, 1_000);
  traffic.isBusy();
  bring(contacts, 500);
  expect(traffic.pauseAfter(worked)).toBe(pause);
});

test('several follow-ups have one share between them', () => {
  bring(0, 1_000);
  traffic.isBusy();
  bring(300, 500);
  expect([traffic.pauseAfter(10), traffic.pauseAfter(5)]).toEqual([40, 60]);
  now += 50;
  expect(traffic.pauseAfter(10)).toBe(50);
});
