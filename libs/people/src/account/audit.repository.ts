import { newId, type Queries } from '@claimline/database';

/** Who did something. `hub`: a rule of ours did it. */
export type Actor =
  { readonly kind: 'account' | 'api-key'; readonly id: string } | { readonly kind: 'hub' | 'customer'; readonly id: null };

/** One change, as it is written down: ids and codes, never words or addresses. */
export interface AuditEntry {
  readonly actor: Actor;
  /** What was done, `noun.verb`: `conversation.assign`. */
  readonly action: string;
  readonly subject: string;
  readonly subjectId: string | null;
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
  readonly at: Date;
}

/** Who changed what, and when; append-only. */
export class Audit {
  async record(queries: Queries, entry: AuditEntry): Promise<void> {
    await queries.query({
      name: 'audit-record',
      text: 'INSERT INTO audit (id, at, actor_kind, actor_id, action, subject, subject_id, facts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      values: [
        newId(entry.at),
        entry.at,
        entry.actor.kind,
        entry.actor.id,
        entry.action,
        entry.subject,
        entry.subjectId,
        JSON.stringify(entry.facts ?? {}),
      ],
    });
  }
}
