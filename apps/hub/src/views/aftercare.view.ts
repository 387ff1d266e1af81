import type { Queries } from '@claimline/database';

/** A claim as aftercare and promises see it. */
export interface AftercareClaim {
  readonly id: string;
  readonly number: string;
  readonly stage: string;
  readonly subStatus: string | null;
  readonly nextStep: string | null;
  /** Its day ends then, in the brand's zone. */
  readonly promisedUntil: Date | null;
  readonly handlerId: string | null;
  readonly brand: { readonly id: string; readonly timeZone: string };
  /** Whom one talks to: the policyholder, or whoever speaks for them; null where they are dead or nobody is known. */
  readonly contactId: string | null;
  readonly language: string | null;
  /** Their latest conversation about it. */
  readonly conversationId: string | null;
}

/** A claim whose customer has heard nothing for a while. */
export interface QuietClaim {
  readonly id: string;
  readonly number: string;
  readonly handlerId: string | null;
  readonly conversationId: string | null;
  readonly contactId: string | null;
  readonly lastWordAt: Date | null;
}

/** In SQL, an {@link AftercareClaim} by its number, `$1`. */
export const AFTERCARE_CLAIM = `
  SELECT cl.id, cl.number, cl.stage, cl.sub_status AS "subStatus", cl.next_step AS "nextStep", cl.handler_id AS "handlerId",
    ((cl.promised_by + 1)::timestamp AT TIME ZONE b.time_zone) AS "promisedUntil", jsonb_build_object('id', b.id, 'timeZone', b.time_zone) AS brand,
    who.contact_id AS "contactId", who.language, c.id AS "conversationId"
  FROM claims cl JOIN brands b ON b.id = cl.brand_id
  LEFT JOIN LATERAL (
    SELECT k.id AS contact_id, coalesce(p.language, k.language) AS language FROM claim_parties p JOIN claim_parties s ON s.id = coalesce(p.represented_by_id, p.id)
      JOIN contacts k ON k.id = s.contact_id JOIN contacts own ON own.id = p.contact_id
    WHERE p.claim_id = cl.id AND p.role IN ('policyholder', 'insured', 'reporter') AND NOT own.deceased ORDER BY (p.role = 'policyholder') DESC, p.id LIMIT 1
  ) AS who ON true
  LEFT JOIN LATERAL (SELECT id FROM conversations WHERE claim_id = cl.id AND contact_id = who.contact_id ORDER BY last_message_at DESC LIMIT 1) AS c ON true
  WHERE cl.number = $1`;

// Whatever left counts, also a notice; a privileged thread is no word to the customer. Each thread is read from its end to our last word.
const QUIET = `
  SELECT cl.id, cl.number, cl.handler_id AS "handlerId", c.id AS "conversationId", c.contact_id AS "contactId", said.at AS "lastWordAt"
  FROM claims cl
  LEFT JOIN LATERAL (SELECT max(word.at) AS at FROM conversations o, LATERAL (SELECT m.occurred_at AS at FROM messages m
      WHERE m.conversation_id = o.id AND m.direction = 'outbound' ORDER BY m.occurred_at DESC, m.id DESC LIMIT 1) AS word
    WHERE o.claim_id = cl.id AND o.kind = 'ordinary') AS said ON true
  LEFT JOIN LATERAL (SELECT id, contact_id FROM conversations WHERE claim_id = cl.id AND kind = 'ordinary' ORDER BY (status <> 'resolved') DESC, last_message_at DESC LIMIT 1) AS c ON true
  WHERE cl.id = ANY ($2::uuid[]) AND (said.at IS NULL OR said.at < $1)
    AND NOT EXISTS (SELECT FROM tasks t WHERE t.key = 'quiet:' || cl.id || ':' || coalesce(to_char(said.at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), 'never'))
  ORDER BY said.at NULLS FIRST, cl.id`;

/** What is known of claims by those who look after customers once the work is done, or has fallen silent. */
export class AftercareView {
  async claim(queries: Queries, number: string): Promise<AftercareClaim | undefined> {
    const [row] = await queries.query<AftercareClaim>({ name: 'aftercare-claim', text: AFTERCARE_CLAIM, values: [number] });
    return row;
  }

  /** The next open claims that were there at `since`, in the order of their ids; fewer than `limit`: there are no more. */
  async open(queries: Queries, since: Date, after: string | null, limit: number): Promise<string[]> {
    const rows = await queries.query<{ id: string }>({
      name: 'aftercare-open',
      text: `SELECT id FROM claims WHERE stage <> 'closed' AND created_at < $1 AND id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000') ORDER BY id LIMIT $3`,
      values: [since, after, limit],
    });
    return rows.map(({ id }) => id);
  }

  /** Those of these claims without a word of ours since `since`, for which nobody has a task yet; the longest silence first. */
  quiet(queries: Queries, since: Date, claimIds: readonly string[]): Promise<QuietClaim[]> {
    return queries.query<QuietClaim>({ name: 'aftercare-quiet', text: QUIET, values: [since, claimIds] });
  }
}
