/** How well `text` answers `query`: 0 is best, undefined not at all. Letters may be left out between, as in `gcl` for "Go to claims". */
export function rank(text: string, query: string): number | undefined {
  const where = text.toLowerCase();
  const what = query.toLowerCase().trim();
  if (what === '') return 0;
  if (where.startsWith(what)) return 0;
  if (new RegExp(`(^|[\\s:·/(])${what.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`).test(where)) return 1;
  if (where.includes(what)) return 2;
  return inOrder(where, what) ? 3 : undefined;
}

function inOrder(where: string, what: string): boolean {
  let from = 0;
  for (const letter of what.replace(/\s+/g, '')) {
    const at = where.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  // Two letters stand in order in nearly every sentence: that is no answer.
  return what.length > 2;
}

/** The things that answer a query, the best first, otherwise in their own order. */
export function ranked<Thing>(things: readonly Thing[], query: string, textOf: (thing: Thing) => string): readonly Thing[] {
  return things
    .map((thing) => ({ thing, how: rank(textOf(thing), query) }))
    .filter((one): one is { thing: Thing; how: number } => one.how !== undefined)
    .sort((a, b) => a.how - b.how)
    .map((one) => one.thing);
}

// What is about the thing on the screen comes first, then the ways to other places, then what one rarely changes.
const LAST = ['go.', 'view.', 'presence.', 'language.', 'appearance.', 'help.'];
const placeOf = (id: string): number => LAST.findIndex((start) => id.startsWith(start));

/** Commands under their headings, for a bar in which nothing is typed yet; each heading once. */
export function bySection<Named extends { readonly id: string; readonly section: string }>(commands: readonly Named[]): readonly Named[] {
  const inPlace = [...commands].sort((a, b) => placeOf(a.id) - placeOf(b.id));
  const sections = [...new Set(inPlace.map((one) => one.section))];
  return sections.flatMap((section) => inPlace.filter((one) => one.section === section));
}
