import type { Queries } from '@claimline/database';
import { searchQuery } from '@claimline/messages';
import { claimVisibleTo } from './visible-to';

/** One claim in a list. */
export interface FoundClaim {
  readonly number: string;
  readonly stage: string;
  readonly line: string;
  /** The policyholder, else whoever stands first. */
  readonly who: string;
  readonly handler: string | null;
  readonly lossDate: string | null;
  readonly plate: string | null;
  readonly policyNumber: string | null;
}

/** What somebody may see and wants to see. */
export interface ClaimSearch {
  readonly text?: string;
  /** Empty: all brands. */
  readonly brandIds: readonly string[];
  /** Restricted groups that the reader belongs to. */
  readonly groups: readonly string[];
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string;
}

type Row = FoundClaim & { readonly id: string; readonly updated: string };

const VISIBLE = claimVisibleTo('claim', 1);
const COLUMNS = `claim.id, claim.number, claim.stage, claim.line_of_business AS line, claim.handler_name AS handler, claim.loss_date::text AS "lossDate", claim.plate,
  claim.policy_number AS "policyNumber", claim.updated_at::text AS updated,
  coalesce((SELECT party.name FROM claim_parties party WHERE party.claim_id = claim.id ORDER BY party.role NOT IN ('policyholder', 'insured'), party.id LIMIT 1), '') AS who`;
const PAGE = `($3::timestamptz IS NULL OR (claim.updated_at, claim.id) < ($3, $4::uuid)) ORDER BY claim.updated_at DESC, claim.id DESC LIMIT $5`;

// The match is made first and kept apart: a rare word with `ORDER BY … LIMIT` makes the planner walk the whole table by time instead.
const BY_WORDS = `WITH matched AS MATERIALIZED (SELECT id FROM claims WHERE words @@ $6::tsquery)
  SELECT ${COLUMNS} FROM claims claim WHERE claim.id IN (SELECT id FROM matched) AND ${VISIBLE} AND ${PAGE}`;
const NEWEST = `SELECT ${COLUMNS} FROM claims claim WHERE ${VISIBLE} AND ${PAGE}`;

/** Finds claims by number, policy, plate and names; newest change first. */
export class ClaimSearchRepository {
  async find(queries: Queries, search: ClaimSearch): Promise<{ items: FoundClaim[]; next: string | null }> {
    const query = search.text === undefined ? undefined : searchQuery(search.text);
    if (search.text !== undefined && query === undefined) return { items: [], next: null };
    const [at = null, id = null] = search.after ? cursor(search.after) : [];
    const values = [search.groups, search.brandIds, at, id, search.limit + 1];
    const statement =
      query === undefined
        ? { name: 'claims-newest', text: NEWEST, values }
        : { name: 'claims-by-words', text: BY_WORDS, values: [...values, query] };
    const rows = await queries.query<Row>(statement);
    const page = rows.slice(0, search.limit);
    const last = page.at(-1);
    const next = rows.length > page.length && last ? Buffer.from(`${last.updated}|${last.id}`).toString('base64url') : null;
    return { items: page.map(({ id: _, updated: __, ...item }) => item), next };
  }
}

// PostgreSQL keeps microseconds where a Date keeps milliseconds: the time travels as PostgreSQL wrote it.
function cursor(text: string): string[] {
  const parts = Buffer.from(text, 'base64url').toString('utf8').split('|');
  return parts.length === 2 && /^[\d :.+-]+$/.test(parts[0]!) && /^[0-9a-f-]{36}$/.test(parts[1]!) ? parts : [];
}
