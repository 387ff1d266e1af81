import { Slots } from './slots';

test('small things run together, a large one alone, in the order they came; one that fails leaves its room', async () => {
  const slots = new Slots(10);
  const log: string[] = [];
  const ends = new Map<string, (how: Error | void) => void>();
  const start = (name: string, weight: number) =>
    slots
      .use(weight, () => {
        log.push(name);
        return new Promise<void>((resolve, reject) => ends.set(name, (error) => (error ? reject(error) : resolve())));
      })
      .catch((error: Error) => void log.push(error.message));
  const end = async (name: string, error?: Error): Promise<void> => {
    ends.get(name)!(error);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const all = [start('a', 4), start('b', 4), start('huge', 99), start('c', 1)];
  await new Promise((resolve) => setImmediate(resolve));
  expect(log).toEqual(['a', 'b']);
  await end('a');
  expect(log).toEqual(['a', 'b']);
  await end('b', new Error('b failed'));
  expect(log.slice(2).sort()).toEqual(['b failed', 'huge']);
  await end('huge');
  expect(log.at(-1)).toBe('c');
  await end('c');
  await Promise.all(all);
});
