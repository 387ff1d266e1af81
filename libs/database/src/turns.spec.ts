import { NoTurn, Turns } from './turns';

test('so many at once, the others in their order; who fails leaves the turn to the next', async () => {
  const turns = new Turns(2, 1_000);
  const begun: string[] = [];
  const ends = new Map<string, (how?: Error) => void>();
  const start = (name: string): Promise<unknown> =>
    turns
      .use(() => {
        begun.push(name);
        return new Promise<void>((resolve, reject) => ends.set(name, (error) => (error ? reject(error) : resolve())));
      })
      .catch((error: unknown) => error);
  const all = ['a', 'b', 'c', 'd'].map(start);
  const look = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  await look();
  expect(begun).toEqual(['a', 'b']);
  ends.get('b')!(new Error('broken'));
  await look();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const name of ['a', 'c', 'd']) {
    ends.get(name)!();
    await look();
  }
  expect((await Promise.all(all)).map((one) => (one instanceof Error ? one.message : 'done'))).toEqual(['done', 'broken', 'done', 'done']);
});

test('nobody waits for ever, and who has left the queue takes no turn', async () => {
  const turns = new Turns(1, 20);
  let end!: () => void;
  const first = turns.use(() => new Promise<void>((resolve) => (end = resolve)));
  await expect(turns.use(async () => 'never')).rejects.toBeInstanceOf(NoTurn);
  end();
  await first;
  expect(await turns.use(async () => 'now')).toBe('now');
});
