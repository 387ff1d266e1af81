/** Tables in waves: each needs only tables of earlier waves. `ring` holds those that need each other (or such a one) and have no place. */
export interface TableOrder {
  readonly waves: readonly (readonly string[])[];
  readonly ring: readonly string[];
}

/** Orders tables by what they need: `needs` holds `[table, needed table]`. A table that needs itself is no ring. */
export function orderTables(tables: readonly string[], needs: readonly (readonly [string, string])[]): TableOrder {
  const waves: string[][] = [];
  let waiting = [...tables];
  for (;;) {
    const open = new Set(waiting);
    const isReady = (table: string) => !needs.some(([from, to]) => from === table && to !== table && open.has(to));
    const wave = waiting.filter(isReady);
    if (wave.length === 0) return { waves, ring: waiting };
    waves.push(wave);
    waiting = waiting.filter((table) => !wave.includes(table));
  }
}
