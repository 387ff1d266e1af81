import { BusyLine } from './busy-line';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A line with so many things to send; each is under way until it is let go. */
function line(due: number) {
  const asked: number[] = [];
  const ends: (() => void)[] = [];
  const stop = new AbortController();
  const world = { due, asked, ends, stop };
  const made = new BusyLine<number>({
    take: async (wanted) => {
      asked.push(wanted);
      const count = Math.min(wanted, world.due);
      world.due -= count;
      await tick();
      return Array.from({ length: count }, (_, n) => n);
    },
    send: () => new Promise((resolve) => ends.push(resolve)),
    signal: stop.signal,
  });
  return { made, world };
}
const settled = async (): Promise<void> => {
  for (let n = 0; n < 5; n++) await tick();
};

test('after a send nothing is asked when there was no more', async () => {
  const { made, world } = line(3);
  made.look();
  await settled();
  expect([world.asked, world.ends.length]).toEqual([[8], 3]);
  world.ends.forEach((end) => end());
  await made.rest();
  expect(world.asked).toEqual([8]);
});

test('while there is more, a place that becomes free is filled', async () => {
  const { made, world } = line(12);
  made.look();
  await settled();
  expect([world.asked, world.ends.length]).toEqual([[8], 8]);
  world.ends.splice(0, 3).forEach((end) => end());
  await settled();
  expect(world.ends.length).toBe(8);
  world.ends.splice(0).forEach((end) => end());
  await settled();
  expect(world.due).toBe(0);
  world.ends.splice(0).forEach((end) => end());
  await made.rest();
});

test('what becomes due while one still asks, or while all places are busy, is not missed', async () => {
  const { made, world } = line(1);
  made.look();
  world.due += 1;
  made.look();
  await settled();
  expect([world.asked, world.due]).toEqual([[8, 7], 0]);
  world.due = 7;
  made.look();
  await settled();
  expect(world.ends.length).toBe(8);
  world.ends.shift()!();
  await settled();
  expect(world.due).toBe(0);
  world.ends.forEach((end) => end());
  await made.rest();
});

test('told to stop, it takes nothing more and ends what is under way', async () => {
  const { made, world } = line(20);
  made.look();
  await settled();
  world.stop.abort();
  let rested = false;
  const resting = made.rest().then(() => (rested = true));
  await settled();
  expect(rested).toBe(false);
  world.ends.forEach((end) => end());
  await resting;
  expect(world.due).toBe(12);
});
