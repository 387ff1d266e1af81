import fc from 'fast-check';
import { orderTables } from './table-order';

describe('the order of tables', () => {
  it('puts what is needed first', () => {
    expect(
      orderTables(
        ['claims', 'parties', 'contacts'],
        [
          ['parties', 'claims'],
          ['parties', 'contacts'],
        ],
      ),
    ).toEqual({
      waves: [['claims', 'contacts'], ['parties']],
      ring: [],
    });
  });

  it('takes no notice of a table that needs itself', () => {
    expect(orderTables(['messages'], [['messages', 'messages']])).toEqual({ waves: [['messages']], ring: [] });
  });

  it('names the tables that need each other, and places the others', () => {
    expect(
      orderTables(
        ['a', 'b', 'c'],
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
      ),
    ).toEqual({ waves: [['c']], ring: ['a', 'b'] });
  });

  it('gives every table a place once and never before one it needs', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const needs = fc.array(fc.tuple(name, name));
    fc.assert(
      fc.property(needs, (pairs) => {
        const { waves, ring } = orderTables(['a', 'b', 'c', 'd', 'e', 'f'], pairs);
        expect([...waves.flat(), ...ring].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
        const waveOf = (table: string) => waves.findIndex((wave) => wave.includes(table));
        for (const [from, to] of pairs) if (from !== to && waveOf(from) >= 0) expect(waveOf(to)).toBeLessThan(waveOf(from));
        for (const stuck of ring) expect(pairs.some(([from, to]) => from === stuck && to !== stuck && ring.includes(to))).toBe(true);
      }),
    );
  });
});
