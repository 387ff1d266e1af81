/** One page is fetched over so many connections of the pool at most, however long it is: there are others who wait for one. */
const SIDE_BY_SIDE = 4;

/** Cuts what is to be fetched into as many parts as connections may fetch side by side, each of at least `least`: fewer are not worth a connection. */
export function inParts<Item>(items: readonly Item[], least: number): Item[][] {
  const size = Math.max(least, Math.ceil(items.length / SIDE_BY_SIDE));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}
