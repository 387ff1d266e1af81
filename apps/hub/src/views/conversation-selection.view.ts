import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import { searchQuery } from '@claimline/messages';
import type { BulkFilter } from '@claimline/protocol';
import { filterSql } from './conversation-filter';
import { DUE_ORDER, SHAPES } from './conversation-list.view';

/** Named conversations, or everything that a view shows. */
export type Selection = { readonly ids: readonly string[] } | { readonly filter: BulkFilter };

// `$4`: the words, where there are any; `$5…`: the filter.
const FROM = `FROM conversations c JOIN contacts k ON k.id = c.contact_id LEFT JOIN claims cl ON cl.id = c.claim_id`;

// All that hold the words `$4`, however many: whoever acts on everything must not leave some of it out. It may take seconds for the most frequent words.
const HITS = `
  SELECT conversation_id FROM message_words WHERE words @@ $4::tsquery
  UNION SELECT c.id FROM contacts k JOIN conversations c ON c.contact_id = k.id WHERE k.words @@ $4::tsquery
  UNION SELECT c.id FROM claims l JOIN conversations c ON c.claim_id = l.id WHERE l.words @@ $4::tsquery`;

/** Which conversations somebody means: all of a view at once, by the same rules as the list itself. */
export class ConversationSelection {
  /** Ids, the most urgent first; those that may not be seen are missing. */
  async ids(
    queries: Queries,
    viewer: Viewer,
    { selection, limit, now }: { selection: Selection; limit: number; now: Date },
  ): Promise<string[]> {
    const { name, where, values } = this.meant(viewer, selection, now);
    const rows = await queries.query<{ id: string }>({
      name: `selection-${name}`,
      text: `SELECT c.id ${FROM} WHERE ${where} ORDER BY ${DUE_ORDER} LIMIT ${limit}`,
      values,
    });
    return rows.map(({ id }) => id);
  }

  async total(queries: Queries, viewer: Viewer, { selection, now }: { selection: Selection; now: Date }): Promise<number> {
    const { name, where, values } = this.meant(viewer, selection, now);
    const [row] = await queries.query<{ count: number }>({
      name: `selection-total-${name}`,
      text: `SELECT count(*)::int AS count ${FROM} WHERE ${where}`,
      values,
    });
    return row!.count;
  }

  /** The customer of a conversation, by name. */
  async nameOf(queries: Queries, id: string): Promise<string> {
    const [row] = await queries.query<{ name: string }>({
      name: 'selection-name',
      text: 'SELECT k.name FROM conversations c JOIN contacts k ON k.id = c.contact_id WHERE c.id = $1',
      values: [id],
    });
    return row?.name ?? '';
  }

  private meant(viewer: Viewer, selection: Selection, now: Date): { name: string; where: string; values: unknown[] } {
    const own = [viewer.id, ...visibleValues(viewer)];
    const visible = `${visibleTo('c', 2)} AND $1::uuid IS NOT NULL`;
    if ('ids' in selection) return { name: 'ids', where: `${visible} AND c.id = ANY ($4::uuid[])`, values: [...own, selection.ids] };
    const { view, q } = selection.filter;
    const filter = filterSql(selection.filter, { viewer, now, first: 5 });
    // A word search runs over everything, as in the list: the view does not count beside it.
    const words = q ? (searchQuery(q) ?? 'nothing & !nothing') : null;
    const within = q ? `c.id IN (${HITS})` : `${SHAPES[view].where.replaceAll('$1', '$1::uuid')} AND $4::text IS NULL`;
    return {
      name: `${q ? 'words' : view}-${filter.name}`,
      where: `${visible} AND ${within} AND ${filter.where}`,
      values: [...own, words, ...filter.values],
    };
  }
}
