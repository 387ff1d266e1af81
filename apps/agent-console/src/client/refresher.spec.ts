import { Refresher } from './refresher';

const tick = () => new Promise((resolve) => setImmediate(resolve));

it('reads at once, once more for everything that came meanwhile, and never twice at a time', async () => {
  let running = 0;
  let most = 0;
  const done: (() => void)[] = [];
  const reads: string[] = [];
  const refresher = new Refresher(
    async (name) => {
      reads.push(name.join('/'));
      most = Math.max(most, (running += 1));
      await new Promise<void>((resolve) => done.push(resolve));
      running -= 1;
    },
    () => Promise.resolve(),
  );
  refresher.refresh(['thread', 'c1']);
  for (let n = 0; n < 100; n += 1) refresher.refresh(['thread', 'c1']);
  expect(reads).toEqual(['thread/c1']);
  done.shift()?.();
  await tick();
  expect(reads).toEqual(['thread/c1', 'thread/c1']);
  done.shift()?.();
  await tick();
  expect(reads).toHaveLength(2);
  expect(most).toBe(1);
});

it('goes on after a reading that failed', async () => {
  let reads = 0;
  const refresher = new Refresher(
    () => {
      reads += 1;
      return Promise.reject(new Error('no network'));
    },
    () => Promise.resolve(),
  );
  refresher.refresh(['counts']);
  await tick();
  refresher.refresh(['counts']);
  await tick();
  expect(reads).toBe(2);
});
