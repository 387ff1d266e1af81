import type { Queries } from '@claimline/database';
import { backInTime, NOW_AND_LATER, type Stretch } from './back-in-time.view';
import { FEW } from './search-stretches';

const MINUTE = 60_000;
const SPAN = 500_000 * MINUTE;
const AT_ONCE = 1000;

// A message a minute, none of the newest of which holds the word; nothing here is read one by one, so that no statement is asked.
const known = { read: 3000, met: 0, messages: 500_000, oldest: 0, newest: SPAN, asked: 'word' };
const nobody: Queries = { query: () => Promise.reject(new Error('asked')) } as unknown as Queries;

/** Looks as the index does: of what lies in a stretch it gives so many, those that were written first, without those that the reader may not see. */
function lookingAt(hits: readonly number[], maySee: (at: number) => boolean) {
  const looks: Stretch[] = [];
  const look = (stretch: Stretch, missing: number) => {
    looks.push(stretch);
    const [from, to] = [Date.parse(stretch.from) || 0, stretch.to === 'infinity' ? Infinity : Date.parse(stretch.to)];
    const most = stretch.how === 'few' ? FEW : AT_ONCE;
    const found = hits.filter((at) => stretch.how !== 'index' || (at >= from && at <= to)).slice(0, most);
    const seen = found.filter((at) => at >= from && at < to && maySee(at)).reverse();
    return Promise.resolve({ rows: seen.slice(0, missing), isCut: found.length === most });
  };
  return { looks, look };
}
const find = (look: ReturnType<typeof lookingAt>['look'], need: number): Promise<number[]> =>
  backInTime(nobody, { known, need, before: NOW_AND_LATER, isSaidOfFew: true }, look);

const everyTenth = Array.from({ length: 40_000 }, (_, n) => n * 10 * MINUTE);

test('what few messages hold is found with one look, however long ago it was said', async () => {
  const { look, looks } = lookingAt([3 * MINUTE, 200_000 * MINUTE, SPAN - MINUTE], (at) => at !== 200_000 * MINUTE);
  expect(await find(look, 50)).toEqual([SPAN - MINUTE, 3 * MINUTE]);
  expect(looks).toMatchObject([{ how: 'few', from: '-infinity', to: 'infinity' }]);
});

test('what more than a few hold is looked for in stretches after that, and nothing of the one look is shown', async () => {
  const hits = Array.from({ length: FEW }, (_, n) => n * 5000 * MINUTE);
  const { look, looks } = lookingAt(hits, () => true);
  expect(await find(look, FEW + 1)).toEqual(hits.reverse());
  expect(looks[0]!.how).toBe('few');
  expect(looks.slice(1).map(({ how }) => how)).not.toContain('few');
});

test.each([
  ['in a history that one stretch covers', { known: { ...known, messages: 100_000 } }],
  ['where the conversations of many customers would be gathered', { isSaidOfFew: false }],
  ['for words that must stand together, of which the index knows only where each stands', { known: { ...known, asked: 'two <-> words' } }],
  ['for words that are said now and then', { known: { ...known, met: 3 } }],
])('nothing is asked in vain %s', async (_, otherwise) => {
  const { look, looks } = lookingAt(everyTenth, () => true);
  await backInTime(nobody, { known, need: 50, before: NOW_AND_LATER, isSaidOfFew: true, ...otherwise }, look);
  expect(looks.map(({ how }) => how)).not.toContain('few');
});

test('a stretch that holds too much is looked through again from the same place, and the newest come first', async () => {
  const { look } = lookingAt(everyTenth, () => true);
  expect(await find(look, 50)).toEqual(everyTenth.slice(-50).reverse());
});

test('so it is where walls leave nothing of what was gathered', async () => {
  const maySee = (at: number): boolean => at > everyTenth.at(-900)!;
  const { look, looks } = lookingAt(everyTenth, maySee);
  expect(await find(look, 50)).toEqual(everyTenth.slice(-50).reverse());
  const [again, before] = looks.filter(({ how }) => how === 'index');
  expect(again!.to).toBe(before!.to);
});

test('whoever may see nothing of very much does not wait for all of it', async () => {
  const { look, looks } = lookingAt(everyTenth, () => false);
  expect(await find(look, 50)).toEqual([]);
  expect(looks.length).toBeLessThan(60);
});

test('more of one moment than is gathered: what was gathered of it, and what is older', async () => {
  const moment = 400_000 * MINUTE;
  const { look } = lookingAt([1 * MINUTE, ...Array.from({ length: 2 * AT_ONCE }, () => moment)], () => true);
  expect(await find(look, AT_ONCE + 1)).toEqual([...Array.from({ length: AT_ONCE }, () => moment), 1 * MINUTE]);
});
