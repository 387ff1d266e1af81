import { Gathering } from './gathering';

interface Door {
  readonly batches: string[][];
  readonly alone: string[];
  open(): void;
}

/** A gathering whose first batch waits until the door is opened. */
function gathering(refuses: (works: readonly string[]) => unknown = () => undefined, leaves: readonly string[] = []) {
  const batches: string[][] = [];
  const alone: string[] = [];
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const made = new Gathering<string, string>({
    together: async (works) => {
      batches.push([...works]);
      if (batches.length === 1) await opened;
      const refused = refuses(works);
      if (refused) throw refused as Error;
      return new Map(works.filter((work) => !leaves.includes(work)).map((work) => [work, `${work} together`]));
    },
    alone: (work) => {
      alone.push(work);
      return work === 'bad' ? Promise.reject(new Error('bad')) : Promise.resolve(`${work} alone`);
    },
    keyOf: (work) => work.slice(0, 3),
    isHopeless: (error) => (error as Error).message === 'nobody there',
    most: 3,
  });
  const door: Door = { batches, alone, open: () => open() };
  return { made, door };
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a lone one goes at once, and what comes meanwhile shares the next transaction', async () => {
  const { made, door } = gathering();
  const answers = [made.do('one')];
  await tick();
  expect(door.batches).toEqual([['one']]);
  answers.push(made.do('two'), made.do('three'));
  await tick();
  expect(made.size).toBe(2);
  door.open();
  expect(await Promise.all(answers)).toEqual(['one together', 'two together', 'three together']);
  expect(door.batches).toEqual([['one'], ['two', 'three']]);
});

test('those who come in the same moment are one batch, no larger than may be, and never two of one key', async () => {
  const { made, door } = gathering();
  door.open();
  await Promise.all(['aaa', 'bbb', 'aaa again', 'ccc', 'ddd'].map((work) => made.do(work)));
  expect(door.batches).toEqual([
    ['aaa', 'bbb', 'ccc'],
    ['aaa again', 'ddd'],
  ]);
});

test('one that fails does not fail its neighbours', async () => {
  const { made, door } = gathering((works) => works.includes('bad') && new Error('refused'));
  door.open();
  const outcomes = await Promise.allSettled(['good', 'bad'].map((work) => made.do(work)));
  expect(outcomes).toMatchObject([{ value: 'good alone' }, { reason: { message: 'bad' } }]);
  expect(await made.do('next')).toBe('next together');
});

test('where nobody is there, nothing is tried alone', async () => {
  const { made, door } = gathering(() => new Error('nobody there'));
  door.open();
  const outcomes = await Promise.allSettled(['one', 'two'].map((work) => made.do(work)));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(door.alone).toEqual([]);
});

test('what a batch leaves out is done alone, and the others do not wait for it', async () => {
  const { made, door } = gathering(undefined, ['two']);
  door.open();
  expect(await Promise.all(['one', 'two'].map((work) => made.do(work)))).toEqual(['one together', 'two alone']);
});
