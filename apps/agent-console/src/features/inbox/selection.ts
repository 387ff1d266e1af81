/** Which rows are chosen: some, by id, or everything that the view shows. */
export interface Selection {
  readonly ids: readonly string[];
  readonly everything: boolean;
  /** The row that was chosen last: a range begins there. */
  readonly anchor: string | null;
}

export const NOTHING: Selection = { ids: [], everything: false, anchor: null };

/** Chooses a row, or no longer. */
export function toggled({ ids }: Selection, id: string): Selection {
  return { ids: ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id], everything: false, anchor: id };
}

/** Chooses all rows between the one chosen last and this one. */
export function ranged(selection: Selection, order: readonly string[], id: string): Selection {
  const from = order.indexOf(selection.anchor ?? '');
  const to = order.indexOf(id);
  if (from < 0 || to < 0) return toggled(selection, id);
  const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: [...new Set([...selection.ids, ...between])], everything: false, anchor: id };
}

/** All rows that are on the screen. */
export const shownOf = (order: readonly string[]): Selection => ({ ids: order, everything: false, anchor: order.at(-1) ?? null });
