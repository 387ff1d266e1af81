import type { Queries, Transaction } from '@claimline/database';
import { visibleTo, visibleValues, type Viewer } from '../conversation/visible-to';
import type { LossMark, LossMarkKind } from './loss-marks';

/** A conversation that may be about the same loss as another, and by what. */
export interface PossibleDuplicate {
  readonly kind: LossMarkKind;
  readonly value: string;
  readonly conversationId: string;
}

/** Several conversations that may be about one loss. */
export interface DuplicateGroup {
  readonly kind: LossMarkKind;
  readonly value: string;
  readonly ids: readonly string[];
}

// Reports of one loss come within days of each other; the same policy next year is another loss.
const NEAR = `interval '3 days'`;

/** Which conversations may be about the same loss, by the marks they share, and what people said of it. */
export class Duplicates {
  /** Remembers what a conversation is about; when it was said first counts. */
  async note(tx: Transaction, conversationId: string, marks: readonly LossMark[], at: Date): Promise<void> {
    const known = await tx.query<LossMark>({
      name: 'loss-marks-of',
      text: 'SELECT kind, value FROM loss_marks WHERE conversation_id = $1',
      values: [conversationId],
    });
    const isNew = (mark: LossMark): boolean => !known.some(({ kind, value }) => kind === mark.kind && value === mark.value);
    if (!marks.some(isNew)) return;
    await tx.query({
      name: 'loss-marks-note',
      text: 'INSERT INTO loss_marks (kind, value, conversation_id, at) SELECT kind, value, $1, $4 FROM unnest($2::text[], $3::text[]) AS told (kind, value) ON CONFLICT DO NOTHING',
      values: [conversationId, marks.map(({ kind }) => kind), marks.map(({ value }) => value), at],
    });
  }

  /** Other unresolved conversations with a mark of this one, from days near it, of which nobody has said whether they are the same. */
  async of(queries: Queries, conversationId: string): Promise<PossibleDuplicate[]> {
    return queries.query<PossibleDuplicate>({
      name: 'duplicates-of',
      text: `SELECT DISTINCT ON (c.id) own.kind, own.value, c.id AS "conversationId"
             FROM loss_marks own JOIN loss_marks m ON m.kind = own.kind AND m.value = own.value AND m.conversation_id <> own.conversation_id AND m.at BETWEEN own.at - ${NEAR} AND own.at + ${NEAR}
               JOIN conversations c ON c.id = m.conversation_id AND c.status <> 'resolved'
             WHERE own.conversation_id = $1 AND NOT EXISTS (SELECT FROM duplicate_verdicts v WHERE v.one_id = least(c.id, $1::uuid) AND v.other_id = greatest(c.id, $1::uuid))
             ORDER BY c.id, own.kind LIMIT 50`,
      values: [conversationId],
    });
  }

  /** Everything that may be reported twice at the moment, for one viewer; the largest groups first. */
  async groups(
    queries: Queries,
    viewer: Viewer,
    { catastrophe, since }: { catastrophe: string | null; since: Date },
  ): Promise<DuplicateGroup[]> {
    return queries.query<DuplicateGroup>({
      name: 'duplicates-groups',
      text: `SELECT m.kind, m.value, array_agg(m.conversation_id ORDER BY m.at) AS ids
             FROM conversations c JOIN loss_marks m ON m.conversation_id = c.id AND m.at >= $4 LEFT JOIN claims cl ON cl.id = c.claim_id
             WHERE c.status <> 'resolved' AND c.labels @> ARRAY['possible-duplicate'] AND c.labels <> '{}' AND ${visibleTo('c', 1)} AND ($3::text IS NULL OR cl.catastrophe = $3 OR c.labels @> ARRAY[$3])
             GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY count(*) DESC, min(m.at) LIMIT 100`,
      values: [...visibleValues(viewer), catastrophe, since],
    });
  }

  /** Writes down what a person says of two conversations; the last word counts. */
  async judge(
    tx: Transaction,
    [one, other]: readonly [string, string],
    said: { readonly verdict: 'same' | 'different'; readonly by: string; readonly at: Date },
  ): Promise<void> {
    const [first, second] = one < other ? [one, other] : [other, one];
    await tx.query({
      name: 'duplicates-judge',
      text: `INSERT INTO duplicate_verdicts (one_id, other_id, verdict, by, at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (one_id, other_id) DO UPDATE SET verdict = excluded.verdict, by = excluded.by, at = excluded.at`,
      values: [first, second, said.verdict, said.by, said.at],
    });
  }
}
