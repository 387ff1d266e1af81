import { claimVisibleTo } from '@claimline/claims';
import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { SurveyInvitationItem, SurveyReport } from '@claimline/protocol';
import { questionFigures, satisfactionBy, SurveyStore, type Satisfaction, type SurveyRow } from '@claimline/quality';
import type { Period } from '../surveys/period';

type Invitations = SurveyReport['invitations'];

// Whoever may not see a conversation sees no answer from it; a response without one was brought along from before.
const SEEN = `((r.conversation_id IS NULL AND (cardinality($2::uuid[]) = 0 OR r.brand_id = ANY ($2::uuid[]))) OR (c.id IS NOT NULL AND ${visibleTo('c', 1)}))`;

/** How satisfied customers are: the responses of a period, and the figures that are counted from just these rows. */
export class SurveyReportView {
  constructor(
    private readonly queries: Queries,
    private readonly surveys: SurveyStore,
  ) {}

  /** By the moment of the last answer; an unfinished survey counts with what was answered. */
  rows(viewer: Viewer, { from, to }: Pick<Period, 'from' | 'to'>): Promise<SurveyRow[]> {
    return this.queries.query<SurveyRow>({
      name: 'survey-report-rows',
      text: `SELECT r.answered_at AS "answeredAt", r.claim_number AS claim, a.name AS handler, r.mode, r.channel, r.language, r.comment,
               jsonb_strip_nulls(jsonb_build_object('overall', r.overall, 'process', r.process, 'attitude', r.attitude, 'efficiency', r.efficiency, 'outcome', r.outcome)) AS scores
             FROM survey_responses r LEFT JOIN conversations c ON c.id = r.conversation_id LEFT JOIN accounts a ON a.id = r.handler_id
             WHERE r.answered_at >= $3 AND r.answered_at < $4 AND ${SEEN} ORDER BY r.answered_at, r.id`,
      values: [...visibleValues(viewer), from, to],
    });
  }

  async report(viewer: Viewer, period: Period): Promise<SurveyReport> {
    const [rows, before, baseline, invitations, firstResponse, toldFirst] = await Promise.all([
      this.rows(viewer, period),
      this.rows(viewer, period.before),
      this.surveys.baselines(this.queries, period.toDay),
      this.invitations(viewer, period),
      this.firstResponse(viewer, period),
      this.toldFirst(viewer, period),
    ]);
    return {
      from: period.fromDay,
      to: period.toDay,
      before: { from: period.before.fromDay, to: period.before.toDay },
      baselineOn: baseline.effectiveOn,
      questions: questionFigures(rows, before, baseline.percents),
      responses: rows.length,
      byMode: satisfactionBy(rows, ({ mode }) => mode),
      byChannel: satisfactionBy(rows, ({ channel }) => channel),
      invitations,
      firstResponse,
      toldFirst,
    };
  }

  /** The invitations of a claim, for its page and for whoever calls. */
  async ofClaim(viewer: Viewer, claim: string): Promise<SurveyInvitationItem[]> {
    const rows = await this.queries.query<SurveyInvitationItem & { due: Date; invitedAt: Date | null }>({
      name: 'survey-invitations-of',
      text: `SELECT i.id, i.claim_number AS claim, i.state, i.reason, coalesce(r.mode, i.mode) AS mode, i.channel, i.conversation_id AS conversation, r.comment,
               i.due_at AS due, i.invited_at AS "invitedAt",
               jsonb_strip_nulls(jsonb_build_object('overall', r.overall, 'process', r.process, 'attitude', r.attitude, 'efficiency', r.efficiency, 'outcome', r.outcome)) AS scores
             FROM survey_invitations i JOIN claims cl ON cl.id = i.claim_id LEFT JOIN survey_responses r ON r.invitation_id = i.id LEFT JOIN conversations c ON c.id = i.conversation_id
             WHERE i.claim_number = $3 AND ${claimVisibleTo('cl', 1)} AND (c.id IS NULL OR ${visibleTo('c', 1)})`,
      values: [...visibleValues(viewer), claim],
    });
    return rows.map(
      (row) => ({ ...row, due: row.due.toISOString(), invitedAt: row.invitedAt?.toISOString() ?? null }) as SurveyInvitationItem,
    );
  }

  // By the day on which somebody was asked, or was not.
  private async invitations({ brandIds }: Viewer, { from, to }: Period): Promise<Invitations> {
    const [row] = await this.queries.query<Omit<Invitations, 'responseRate'> & { begun: number }>({
      name: 'survey-report-invitations',
      text: `WITH those AS (
               SELECT i.*, r.id AS response_id FROM survey_invitations i JOIN claims cl ON cl.id = i.claim_id LEFT JOIN survey_responses r ON r.invitation_id = i.id
               WHERE (cardinality($1::uuid[]) = 0 OR cl.brand_id = ANY ($1::uuid[])) AND coalesce(i.invited_at, i.settled_at) >= $2 AND coalesce(i.invited_at, i.settled_at) < $3
             )
             SELECT count(*) FILTER (WHERE invited_at IS NOT NULL)::int AS sent, count(*) FILTER (WHERE state = 'answered')::int AS answered,
               count(*) FILTER (WHERE state = 'left')::int AS left, count(*) FILTER (WHERE state = 'expired')::int AS expired, count(response_id)::int AS begun,
               coalesce((SELECT jsonb_agg(jsonb_build_object('code', reason, 'count', n) ORDER BY n DESC, reason) FROM
                 (SELECT reason, count(*) AS n FROM those WHERE state = 'suppressed' GROUP BY reason) AS s), '[]') AS suppressed
             FROM those`,
      values: [brandIds, from, to],
    });
    const { begun, ...counts } = row!;
    return { ...counts, responseRate: counts.sent === 0 ? null : begun / counts.sent };
  }

  private share(name: string, text: string, { brandIds }: Viewer, { from, to }: Period): Promise<Satisfaction> {
    return this.queries
      .query<{ n: number; good: number }>({ name, text, values: [brandIds, from, to] })
      .then(([row]) => ({ n: row!.n, share: row!.n === 0 ? null : row!.good / row!.n }));
  }

  private firstResponse(viewer: Viewer, period: Period): Promise<Satisfaction> {
    const text = `
      SELECT count(*)::int AS n, count(*) FILTER (WHERE k.breached_at IS NULL AND k.state = 'met')::int AS good
      FROM clocks k JOIN conversations c ON c.id = k.conversation_id
      WHERE starts_with(k.policy, 'first_response.') AND k.deadline >= $2 AND k.deadline < $3 AND (k.state = 'met' OR k.breached_at IS NOT NULL)
        AND (cardinality($1::uuid[]) = 0 OR c.brand_id = ANY ($1::uuid[]))`;
    return this.share('survey-report-first-response', text, viewer, period);
  }

  // Asked: the customer wrote after the stage had moved and before the notice of it was on its way, or no notice ever was.
  private toldFirst(viewer: Viewer, period: Period): Promise<Satisfaction> {
    const text = `
      WITH moved AS (
        SELECT n.claim_id, bool_and(n.state = 'told' AND NOT EXISTS (
          SELECT FROM conversations c JOIN messages m ON m.conversation_id = c.id
          WHERE c.claim_id = n.claim_id AND c.contact_id = n.contact_id AND m.direction = 'inbound' AND m.kind IN ('text', 'call')
            AND m.occurred_at > n.occurred_at AND m.occurred_at < coalesce(n.settled_at, n.created_at))) AS first
        FROM notices n JOIN claims cl ON cl.id = n.claim_id
        WHERE n.occurred_at >= $2 AND n.occurred_at < $3 AND n.state IN ('told', 'not-sent') AND n.code <> 'handler_changed'
          AND (cardinality($1::uuid[]) = 0 OR cl.brand_id = ANY ($1::uuid[]))
        GROUP BY n.claim_id
      )
      SELECT count(*)::int AS n, count(*) FILTER (WHERE first)::int AS good FROM moved`;
    return this.share('survey-report-told-first', text, viewer, period);
  }
}
