import type { Queries } from '@claimline/database';

/** Whether somebody is there, and how long a first answer has taken lately. */
export interface Readiness {
  readonly online: boolean;
  /** Minutes, rounded up; null where fewer than five people have waited lately. */
  readonly replyMinutes: number | null;
}

const KEPT_MS = 30_000;
const ENOUGH = 5;

/** What the chat may truthfully say about itself before anybody has answered. */
export class VisitorWelcomeView {
  private readonly kept = new Map<string, { readonly at: number; readonly said: Promise<Readiness> }>();

  constructor(private readonly queries: Queries) {}

  /** Asked at every connection, so the same answer serves for half a minute. */
  async readiness(inbox: { readonly id: string; readonly teamId: string | null }): Promise<Readiness> {
    const known = this.kept.get(inbox.id);
    if (known && Date.now() - known.at < KEPT_MS) return known.said;
    const said = this.ask(inbox);
    this.kept.set(inbox.id, { at: Date.now(), said });
    said.catch(() => this.kept.delete(inbox.id));
    return said;
  }

  private async ask(inbox: { readonly id: string; readonly teamId: string | null }): Promise<Readiness> {
    const [here] = await this.queries.query<{ online: boolean }>({
      name: 'visitor-somebody-here',
      text: SOMEBODY_HERE,
      values: [inbox.teamId],
    });
    const [waits] = await this.queries.query<{ seconds: number | null; answered: number }>({
      name: 'visitor-first-answers',
      text: FIRST_ANSWERS,
      values: [inbox.id],
    });
    const typical = waits && waits.answered >= ENOUGH && waits.seconds !== null ? Math.max(1, Math.ceil(waits.seconds / 60)) : null;
    return { online: here?.online ?? false, replyMinutes: typical };
  }
}

const SOMEBODY_HERE = `
  SELECT EXISTS (SELECT FROM adjusters WHERE active AND presence = 'online' AND ($1::uuid IS NULL OR $1 = ANY (team_ids))) AS online`;

// The last hundred visitors who wrote: from their first words to a person's first answer.
const FIRST_ANSWERS = `
  SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM w.answered - w.asked))::float8 AS seconds, count(*)::int AS answered
  FROM (SELECT id FROM visitors WHERE inbox_id = $1 ORDER BY seen_at DESC LIMIT 100) v
    CROSS JOIN LATERAL (
      SELECT min(m.received_at) FILTER (WHERE m.direction = 'inbound') AS asked, min(m.received_at) FILTER (WHERE m.direction = 'outbound' AND m.author_id IS NOT NULL) AS answered
      FROM visitor_messages p JOIN messages m ON m.id = p.message_id WHERE p.visitor_id = v.id
    ) w
  WHERE w.answered > w.asked`;
