/** Who looks: the brands they work for (none named: all) and the restricted groups they belong to. */
export interface Viewer {
  readonly id: string;
  readonly brandIds: readonly string[];
  readonly groups: readonly string[];
}

/**
 * The one condition under which somebody may see a conversation, for list, thread, search, files and sockets alike.
 * `first` is the number of the first of its two parameters, which {@link visibleValues} gives.
 */
export function visibleTo(conversation: string, first: number): string {
  return `(${conversation}.restricted_to IS NULL OR ${conversation}.restricted_to = ANY ($${first}::text[])) AND (cardinality($${first + 1}::uuid[]) = 0 OR ${conversation}.brand_id = ANY ($${first + 1}::uuid[]))`;
}

export const visibleValues = (viewer: Viewer): [readonly string[], readonly string[]] => [viewer.groups, viewer.brandIds];

/** The same condition for a row that is already here: sockets decide with it. */
export function maySee(viewer: Viewer, conversation: { readonly restricted_to: string | null; readonly brand_id: string }): boolean {
  const allowed = conversation.restricted_to === null || viewer.groups.includes(conversation.restricted_to);
  return allowed && (viewer.brandIds.length === 0 || viewer.brandIds.includes(conversation.brand_id));
}
