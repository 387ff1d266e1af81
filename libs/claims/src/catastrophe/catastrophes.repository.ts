import { newId, type Queries, type Transaction } from '@claimline/database';
import { claimVisibleTo, type ClaimReader } from '../visible-to';
import type { Catastrophe } from './catastrophe';

/** What a new event starts with. */
export type NewCatastrophe = Omit<Catastrophe, 'id' | 'state' | 'createdAt'>;
/** What may be changed of one: everything but its tag. */
export type CatastropheChange = Partial<Omit<Catastrophe, 'id' | 'tag' | 'createdAt'>>;

const COLUMNS = `id, tag, name, peril, area, jurisdictions, lines, starts_on::text AS "startsOn", ends_on::text AS "endsOn", words, by_rule AS "byRule", state, created_at AS "createdAt"`;

// A country stands for its regions: `US` for `US-FL`.
const BELONGS = `
  c.loss_date >= k.starts_on AND c.loss_date <= coalesce(k.ends_on, c.loss_date)
  AND (cardinality(k.jurisdictions) = 0 OR c.jurisdiction = ANY (k.jurisdictions) OR split_part(c.jurisdiction, '-', 1) = ANY (k.jurisdictions))
  AND (cardinality(k.lines) = 0 OR c.line_of_business = ANY (k.lines))
  AND NOT EXISTS (SELECT FROM catastrophe_exceptions e WHERE e.claim_id = c.id AND e.tag = k.tag)`;

/** The events that bring many claims, and which claims carry their tags. */
export class Catastrophes {
  /** Open ones first, the youngest first. */
  async list(queries: Queries): Promise<Catastrophe[]> {
    return queries.query<Catastrophe>({
      name: 'catastrophes-list',
      text: `SELECT ${COLUMNS} FROM catastrophes ORDER BY state = 'closed', created_at DESC LIMIT 100`,
      values: [],
    });
  }

  async open(queries: Queries): Promise<Catastrophe[]> {
    return queries.query<Catastrophe>({
      name: 'catastrophes-open',
      text: `SELECT ${COLUMNS} FROM catastrophes WHERE state = 'open' ORDER BY created_at DESC LIMIT 20`,
      values: [],
      steady: true,
    });
  }

  async find(queries: Queries, id: string): Promise<Catastrophe | undefined> {
    const text = `SELECT ${COLUMNS} FROM catastrophes WHERE id = $1`;
    const [row] = await queries.query<Catastrophe>({ name: 'catastrophe-find', text, values: [id] });
    return row;
  }

  /** Undefined: the tag is taken. */
  async enter(
    tx: Transaction,
    entered: NewCatastrophe,
    by: { readonly accountId: string | null; readonly at: Date },
  ): Promise<string | undefined> {
    const { tag, name, peril, area, jurisdictions, lines, startsOn, endsOn, words, byRule } = entered;
    const [row] = await tx.query<{ id: string }>({
      name: 'catastrophe-enter',
      text: `INSERT INTO catastrophes (id, tag, name, peril, area, jurisdictions, lines, starts_on, ends_on, words, by_rule, created_by, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (tag) DO NOTHING RETURNING id`,
      values: [newId(by.at), tag, name, peril, area, jurisdictions, lines, startsOn, endsOn, words, byRule, by.accountId, by.at],
    });
    return row?.id;
  }

  async change(tx: Transaction, id: string, change: CatastropheChange, at: Date): Promise<void> {
    const before = (await this.find(tx, id))!;
    const { name, peril, area, jurisdictions, lines, startsOn, endsOn, words, byRule, state } = { ...before, ...change };
    await tx.query({
      name: 'catastrophe-change',
      text: `UPDATE catastrophes SET name = $2, peril = $3, area = $4, jurisdictions = $5, lines = $6, starts_on = $7, ends_on = $8, words = $9, by_rule = $10, state = $11,
               closed_at = CASE WHEN $11 = 'open' THEN NULL ELSE coalesce(closed_at, $12) END WHERE id = $1`,
      values: [id, name, peril, area, jurisdictions, lines, startsOn, endsOn, words, byRule, state, at],
    });
  }

  /** A person says of these claims that they belong to it, or do not; of those the person may read. Returns how many changed. */
  async tag(
    tx: Transaction,
    { tag, numbers, belong }: { readonly tag: string; readonly numbers: readonly string[]; readonly belong: boolean },
    by: { readonly reader: ClaimReader & { readonly id: string }; readonly at: Date },
  ): Promise<number> {
    const rows = await tx.query<{ id: string }>({
      name: belong ? 'catastrophe-tag' : 'catastrophe-untag',
      text: `UPDATE claims claim SET catastrophe = CASE WHEN $5::boolean THEN $4 END WHERE claim.number = ANY ($3::text[]) AND ${claimVisibleTo('claim', 1)}
               AND claim.catastrophe IS ${belong ? 'DISTINCT FROM' : 'NOT DISTINCT FROM'} $4 RETURNING claim.id`,
      values: [by.reader.groups, by.reader.brandIds, numbers, tag, belong],
    });
    const ids = rows.map(({ id }) => id);
    const text = belong
      ? 'DELETE FROM catastrophe_exceptions WHERE claim_id = ANY ($1::uuid[]) AND tag = $2 AND $3::uuid IS NOT NULL AND $4::timestamptz IS NOT NULL'
      : 'INSERT INTO catastrophe_exceptions (claim_id, tag, by, at) SELECT unnest($1::uuid[]), $2, $3, $4 ON CONFLICT DO NOTHING';
    await tx.query({ name: belong ? 'catastrophe-readmit' : 'catastrophe-except', text, values: [ids, tag, by.reader.id, by.at] });
    return rows.length;
  }

  /** Gives the tag to claims whose loss falls into the area and time of an event; told by the claim core or imported alike. Returns how many. */
  async applyRules(queries: Queries): Promise<number> {
    const rows = await queries.query({
      name: 'catastrophe-rules',
      text: `UPDATE claims SET catastrophe = chosen.tag FROM (
               SELECT DISTINCT ON (c.id) c.id, k.tag FROM catastrophes k JOIN claims c ON c.catastrophe IS NULL AND c.stage <> 'closed' AND ${BELONGS}
               WHERE k.state = 'open' AND k.by_rule ORDER BY c.id, k.created_at DESC LIMIT 5000) AS chosen
             WHERE claims.id = chosen.id AND claims.catastrophe IS NULL RETURNING 1`,
      values: [],
    });
    return rows.length;
  }
}
