import { filterOf, queryOf } from './list-filter';
import { NOTHING, ranged, shownOf, toggled } from './selection';

const order = ['a', 'b', 'c', 'd'];

it('chooses a row and takes it back', () => {
  const one = toggled(NOTHING, 'b');
  expect(one).toEqual({ ids: ['b'], everything: false, anchor: 'b' });
  expect(toggled(one, 'b').ids).toEqual([]);
});

it.each([
  ['b', 'd', ['b', 'c', 'd']],
  ['d', 'b', ['d', 'b', 'c']],
  ['gone', 'c', ['gone', 'c']],
])('from %s to %s it chooses everything between', (from, to, ids) => {
  expect(ranged(toggled(NOTHING, from), order, to).ids).toEqual(ids);
});

it('changing one row of everything leaves what is on the screen', () => {
  expect(toggled({ ...shownOf(order), everything: true }, 'a')).toMatchObject({ ids: ['b', 'c', 'd'], everything: false });
});

it('keeps its own filters in an address and nothing else', () => {
  const filter = filterOf('?due=hour&foreign=1&catastrophe=CAT-1');
  expect(filter).toEqual({ due: 'hour', catastrophe: 'CAT-1' });
  expect(queryOf(filter)).toBe('?due=hour&catastrophe=CAT-1');
  expect(queryOf({})).toBe('');
});
