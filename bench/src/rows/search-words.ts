/** The most frequent words of a list and the least frequent ones, `count` of each, in a fixed order. */
export function commonAndRare(words: readonly string[], count: number): { common: string[]; rare: string[] } {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const ranked = [...counts].sort(([a, of], [b, other]) => other - of || (a < b ? -1 : 1)).map(([word]) => word);
  return { common: ranked.slice(0, count), rare: ranked.slice(count).slice(-count) };
}
