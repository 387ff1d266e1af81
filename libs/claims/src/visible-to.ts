import { maySeeClaim, RESTRICTING_FLAGS } from './claims';

/** Who reads claims: the restricted groups they belong to, and the brands they work for (none named: all). */
export interface ClaimReader {
  readonly groups: readonly string[];
  readonly brandIds: readonly string[];
}

/**
 * The one condition under which somebody may see a claim, for search, lists and everything that names one: a flag that restricts closes it to all
 * but the group of its name. `first` is the number of the first of its two parameters: the reader's groups, then their brands.
 */
export function claimVisibleTo(claim: string, first: number): string {
  return `(NOT EXISTS (SELECT FROM unnest(${claim}.flags) AS flag WHERE flag = ANY ('{${RESTRICTING_FLAGS.join(',')}}') AND NOT flag = ANY ($${first}::text[]))
  AND (cardinality($${first + 1}::uuid[]) = 0 OR ${claim}.brand_id = ANY ($${first + 1}::uuid[])))`;
}

/** The same condition for a row that is already here. */
export function mayReadClaim(reader: ClaimReader, claim: { readonly flags: readonly string[]; readonly brand_id: string }): boolean {
  return maySeeClaim(claim.flags, reader.groups) && (reader.brandIds.length === 0 || reader.brandIds.includes(claim.brand_id));
}
