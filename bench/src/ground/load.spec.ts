import { setTimeout } from 'node:timers/promises';
import { atOnce, onceEach, steadily } from './load';

test('each piece of a steady rate is told when it was due, however late it or the one before is', async () => {
  const dues: number[] = [];
  await steadily(1000, 0.02, async (n, due) => {
    dues.push(due);
    if (n === 0) await setTimeout(30);
  });
  expect(dues).toHaveLength(20);
  expect(dues.map((due) => Math.round(due - dues[0]!))).toEqual(dues.map((_, n) => n));
});

test('a failure in the middle is thrown once everything that was started has ended, and nothing is started after it', async () => {
  let started = 0;
  let ended = 0;
  const failing = steadily(1000, 1, async (n) => {
    started++;
    if (n === 1) throw new Error('refused');
    await setTimeout(20);
    ended++;
  });
  await expect(failing).rejects.toThrow('refused');
  expect(ended).toBe(started - 1);
  expect(started).toBeLessThan(1000);
});

test('lanes work beside each other, each on one piece at a time', async () => {
  const busy = new Set<number>();
  let most = 0;
  const { times, perSecond } = await atOnce(3, 0.1, async (lane) => {
    expect(busy.has(lane)).toBe(false);
    busy.add(lane);
    most = Math.max(most, busy.size);
    await setTimeout(1);
    busy.delete(lane);
  });
  expect(most).toBe(3);
  expect(perSecond).toBe(Math.round(times.length / 0.1));
});

test('each piece is done once, by whichever lane is free; when the time is over no other is begun', async () => {
  const done: number[] = [];
  const { times } = await onceEach(3, 10, 60, async (_, n) => void done.push(n));
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(times).toHaveLength(10);
  expect((await onceEach(2, 10, 0, () => Promise.reject(new Error('begun')))).times).toEqual([]);
});
