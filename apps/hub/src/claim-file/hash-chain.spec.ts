import fc from 'fast-check';
import { brokenAt, canonical, chained, changedSince, type Happening } from './hash-chain';

const happening = (id: string, text: string): Happening => ({
  id,
  kind: 'message',
  at: '2026-11-22T08:00:00.000Z',
  facts: { text, to: ['a'] },
});
const CLAIM = { number: 'CLM-1' };
const HAPPENINGS = ['one', 'two', 'three'].map((text) => happening(text, text));
const file = () => ({ claim: CLAIM, ...chained(CLAIM, HAPPENINGS) });

test('the same facts make the same chain, in whatever order they are written', () => {
  expect(chained({ b: 1, a: [{ d: 2, c: 3 }] }, HAPPENINGS).head).toBe(chained({ a: [{ c: 3, d: 2 }], b: 1 }, HAPPENINGS).head);
  fc.assert(fc.property(fc.jsonValue(), (value) => canonical(value) === canonical(JSON.parse(JSON.stringify(value)))));
});

test('an untouched file is whole', () => {
  expect(brokenAt(file())).toEqual([]);
  expect(changedSince(file().entries, HAPPENINGS)).toEqual([]);
});

test('one letter changed, one entry left out, put in or moved: the chain names the first that does not fit', () => {
  const { entries, head } = file();
  const changed = entries.map((entry) => (entry.n === 2 ? { ...entry, facts: { ...entry.facts, text: 'twO' } } : entry));
  expect(brokenAt({ claim: CLAIM, entries: changed, head })).toMatchObject([{ n: 2, problem: 'file-changed' }]);
  expect(brokenAt({ claim: CLAIM, entries: entries.filter(({ n }) => n !== 2), head })).toMatchObject([{ n: 3 }]);
  expect(brokenAt({ claim: CLAIM, entries: [entries[1]!, entries[0]!, entries[2]!], head })).toMatchObject([{ n: 2 }]);
  expect(brokenAt({ claim: CLAIM, entries: entries.slice(0, 2), head })).toMatchObject([{ n: 2, facts: ['head'] }]);
  expect(brokenAt({ claim: { number: 'CLM-2' }, entries, head })).toMatchObject([{ n: 1 }]);
});

test('a record that is another today is named with its facts; one that is gone too; later ones are no problem', () => {
  const today = [happening('one', 'ONE'), HAPPENINGS[2]!, happening('four', 'later')];
  expect(changedSince(file().entries, today)).toEqual([
    { n: 1, id: 'one', kind: 'message', problem: 'record-changed', facts: ['text'] },
    { n: 2, id: 'two', kind: 'message', problem: 'record-gone', facts: [] },
  ]);
});

test('what had not come to its end may have gone on; what had, or what goes on by itself, may not', () => {
  const delivery = (facts: Happening['facts']): Happening => ({ ...happening('one', ''), kind: 'delivery', facts: { to: 'a', ...facts } });
  const task = (facts: Happening['facts']): Happening => ({ ...delivery(facts), kind: 'task' });
  const since = (before: Happening, today: Happening): string[] =>
    changedSince(chained(CLAIM, [before]).entries, [today]).flatMap(({ facts }) => facts);
  const sent = delivery({ state: 'sent', changedAt: '2026-11-22T08:00:00+00:00' });

  expect(since(sent, delivery({ state: 'delivered', changedAt: '2026-11-22T08:00:01+00:00' }))).toEqual([]);
  expect(since(sent, delivery({ state: 'delivered', changedAt: '2026-11-22T08:00:00+00:00' }))).toEqual(['state']);
  expect(since(sent, delivery({ to: 'b', state: 'delivered', changedAt: '2026-11-22T08:00:01+00:00' }))).toEqual(['to']);
  expect(since(task({ state: 'open' }), task({ state: 'done', closedAt: '2026-11-22T09:00:00+00:00' }))).toEqual([]);
  expect(since(task({ state: 'done', closedAt: '2026-11-22T09:00:00+00:00' }), task({ state: 'open' }))).toEqual(['closedAt', 'state']);
});
