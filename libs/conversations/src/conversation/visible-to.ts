/** Who looks: the brands they work for (none named: all) and the restricted groups they belong to. */
export interface Viewer {
  readonly id: string;
  readonly brandIds: readonly string[];
  readonly groups: readonly string[];
  /** Supervisors see threads with our own counsel. */
  readonly role?: string;
}

/**
 * The one condition under which somebody may see a conversation, for list, thread, search, files and sockets alike.
 * `first` is the number of the first of its two parameters, which {@link visibleValues} gives.
 */
export function visibleTo(conversation: string, first: number): string {
  return `(${conversation}.restricted_to IS NULL OR ${conversation}.restricted_to = ANY ($${first}::text[])) AND (${conversation}.privileged_to IS NULL OR ${conversation}.privileged_to && $${first}::text[]) AND (cardinality($${first + 1}::uuid[]) = 0 OR ${conversation}.brand_id = ANY ($${first + 1}::uuid[]))`;
}

/** The viewer's groups, among them they themselves and their role, and their brands. */
export const visibleValues = (viewer: Viewer): [readonly string[], readonly string[]] => [groupsOf(viewer), viewer.brandIds];

/** What walls know somebody by. */
const groupsOf = ({ id, role, groups }: Viewer): string[] => [...groups, `account:${id}`, ...(role ? [`role:${role}`] : [])];

/** What of a row decides on who may see it. */
export interface Walled {
  readonly restricted_to: string | null;
  readonly brand_id: string;
  readonly privileged_to?: readonly string[] | null;
}

/** The same condition for a row that is already here: sockets decide with it. */
export function maySee(viewer: Viewer, conversation: Walled): boolean {
  const { restricted_to: restrictedTo, privileged_to: privilegedTo, brand_id: brandId } = conversation;
  const allowed = restrictedTo === null || viewer.groups.includes(restrictedTo);
  const privileged = !privilegedTo || groupsOf(viewer).some((group) => privilegedTo.includes(group));
  return allowed && privileged && (viewer.brandIds.length === 0 || viewer.brandIds.includes(brandId));
}
