import { claimVisibleTo, cluesIn, type Clues } from '@claimline/claims';
import { visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { FilingReason, FilingSuggestion } from '@claimline/protocol';

/** One stretch of words of a mail or paper, and where it stood. */
export interface FilingSource {
  readonly where: FilingReason['where'];
  readonly text: string;
}

interface Row {
  readonly number: string;
  readonly stage: string;
  readonly line: string;
  readonly loss_date: string | null;
  readonly birth: string | null;
  readonly hits: readonly { readonly kind: FilingReason['kind']; readonly value: string; readonly key: string }[];
  readonly party: { readonly id: string; readonly name: string; readonly role: string } | null;
}

const MOST = 5;
// A number is nearly proof; a name alone is a hint. Only the order follows from it: a person decides.
const WEIGHT: Readonly<Record<FilingReason['kind'], number>> = {
  'claim-number': 100,
  'policy-number': 60,
  plate: 60,
  'name-and-birth': 50,
  name: 25,
  'loss-date': 15,
};

/** Which claims a mail or paper may belong to, each with its reasons. It suggests and never files. */
export class FilingView {
  constructor(private readonly queries: Queries) {}

  /** Best first, five at most, and only claims that the viewer may see. */
  async suggest(viewer: Viewer, sources: readonly FilingSource[]): Promise<FilingSuggestion[]> {
    const clues = cluesIn(sources.map(({ text }) => text).join('\n'));
    if (clues.numbers.length + clues.codes.length + clues.names.length === 0) return [];
    const rows = await this.queries.query<Row>({
      name: 'filing-suggest',
      text: SUGGEST,
      values: [...visibleValues(viewer), clues.numbers, clues.codes, clues.names],
    });
    const found = sources.map(({ where, text }) => ({ where, clues: cluesIn(text) }));
    return rows
      .map((row) => ({ row, reasons: reasonsOf(row, clues, found) }))
      .sort((a, b) => weigh(b.reasons) - weigh(a.reasons) || (a.row.number < b.row.number ? 1 : -1))
      .slice(0, MOST)
      .map(({ row: { number, stage, line, party }, reasons }) => ({ claim: number, stage, line, party, reasons }));
  }
}

const weigh = (reasons: readonly FilingReason[]): number => reasons.reduce((sum, { kind }) => sum + WEIGHT[kind], 0);

interface Found {
  readonly where: FilingReason['where'];
  readonly clues: Clues;
}

function reasonsOf(row: Row, clues: Clues, found: readonly Found[]): FilingReason[] {
  const whereOf = (part: keyof Clues, key: string): FilingReason['where'] =>
    found.find((one) => one.clues[part].includes(key))?.where ?? 'text';
  const PART = { 'claim-number': 'numbers', 'policy-number': 'codes', plate: 'codes', name: 'names' } as const;
  const born = row.birth !== null && clues.days.includes(row.birth);
  const reasons = row.hits.map(({ kind, value, key }): FilingReason => ({
    kind: kind === 'name' && born ? 'name-and-birth' : kind,
    value,
    where: whereOf(PART[kind as keyof typeof PART], key),
  }));
  const lost = row.loss_date !== null && clues.days.includes(row.loss_date);
  return lost ? [...reasons, { kind: 'loss-date', value: row.loss_date!, where: whereOf('days', row.loss_date!) }] : reasons;
}

const KEY = (column: string): string => `upper(translate(${column}, ' -·', ''))`;

// The party that is named is whose thread it goes to; without one, the policyholder's.
const SUGGEST = `
  WITH hits AS MATERIALIZED (
    SELECT id, 'claim-number' AS kind, number AS value, number AS key, NULL::uuid AS party FROM claims WHERE number = ANY ($3::text[])
    UNION SELECT id, 'policy-number', policy_number, ${KEY('policy_number')}, NULL FROM claims WHERE policy_number IS NOT NULL AND ${KEY('policy_number')} = ANY ($4::text[])
    UNION SELECT id, 'plate', plate, ${KEY('plate')}, NULL FROM claims WHERE plate IS NOT NULL AND ${KEY('plate')} = ANY ($4::text[])
    UNION SELECT claim_id, 'name', name, name, id FROM claim_parties WHERE name = ANY ($5::text[])
  ), grouped AS (
    SELECT id, jsonb_agg(jsonb_build_object('kind', kind, 'value', value, 'key', key) ORDER BY kind) AS hits, (array_agg(party) FILTER (WHERE party IS NOT NULL))[1] AS party
    FROM hits GROUP BY id
  )
  SELECT c.number, c.stage, c.line_of_business AS line, c.loss_date::text AS loss_date, c.facts->>'birthDate' AS birth, g.hits,
    (SELECT jsonb_build_object('id', p.id, 'name', p.name, 'role', p.role) FROM claim_parties p WHERE p.claim_id = c.id
     ORDER BY (p.id = g.party) DESC NULLS LAST, p.role NOT IN ('policyholder', 'insured'), p.id LIMIT 1) AS party
  FROM grouped g JOIN claims c ON c.id = g.id WHERE ${claimVisibleTo('c', 1)} ORDER BY jsonb_array_length(g.hits) DESC, c.updated_at DESC LIMIT 50`;
