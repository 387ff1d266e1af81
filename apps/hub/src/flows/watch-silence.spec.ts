import { WatchSilence } from './watch-silence';

const AT_ONCE = 50;
const minutes = (count: number): Date => new Date(count * 60_000);

/** A hundred and twenty open claims; writes down after which of them each page began. */
function watch(): { silence: WatchSilence; pages: (string | null)[] } {
  const pages: (string | null)[] = [];
  const claims = Array.from({ length: 120 }, (_, n) => `claim-${String(n).padStart(3, '0')}`);
  const open = (_: unknown, __: Date, after: string | null, limit: number): Promise<string[]> => {
    pages.push(after);
    return Promise.resolve(claims.filter((id) => after === null || id > after).slice(0, limit));
  };
  const view = { open, quiet: () => Promise.resolve([]) };
  const terms = { read: () => Promise.resolve({ quietDays: 14 }) };
  const silence = new WatchSilence({} as never, view as never, {} as never, {} as never, terms as never, {} as never);
  return { silence, pages };
}

test('a round goes page by page to its end, and the next begins ten minutes after it', async () => {
  const { silence, pages } = watch();
  for (const at of [0, 1, 2, 3, 11, 12]) await silence.sweep(minutes(at));
  expect(pages).toEqual([null, `claim-0${AT_ONCE - 1}`, `claim-0${2 * AT_ONCE - 1}`, null]);
});

test.each([
  ['on', 100],
  ['back', -100],
])('a clock that is put %s begins a new round, also in the middle of one', async (_, to) => {
  const { silence, pages } = watch();
  for (const at of [0, 1, to]) await silence.sweep(minutes(at));
  expect(pages).toEqual([null, `claim-0${AT_ONCE - 1}`, null]);
});
