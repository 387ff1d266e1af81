import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { ComplaintReport } from '@claimline/protocol';
import { demandsAction, totalsOf, type ReportRow } from '@claimline/quality';
import type { Month } from '../complaints/month';

type Action = ComplaintReport['actions'][number];

/** Complaints of a month: the rows, and the figures that are counted from just these rows. */
export class ComplaintReportView {
  constructor(private readonly queries: Queries) {}

  /** By the day of receipt. Drafts are no complaints yet, and what was dismissed never was one. */
  rows(viewer: Viewer, month: Month): Promise<ReportRow[]> {
    return this.queries.query<ReportRow>({
      name: 'complaint-report-rows',
      text: `SELECT x.number, x.received_at AS "receivedAt", x.state, x.category, x.root_cause AS "rootCause", cl.line_of_business AS line, x.channel,
               coalesce(h.name, cl.handler_name, a.name) AS handler, x.regulator, cl.number AS claim, x.reopened > 0 AS reopened, x.score,
               (extract(epoch FROM x.outcome_sent_at - x.received_at) / 86400)::int AS days,
               EXISTS (SELECT FROM complaints b WHERE b.contact_id = x.contact_id AND b.id <> x.id AND b.state NOT IN ('draft', 'dismissed')
                       AND b.received_at < x.received_at AND b.received_at >= x.received_at - interval '1 year') AS repeated
             FROM complaints x JOIN conversations c ON c.id = x.conversation_id LEFT JOIN claims cl ON cl.id = x.claim_id
               LEFT JOIN accounts h ON h.id = cl.handler_id LEFT JOIN accounts a ON a.id = c.assignee_id
             WHERE x.received_at >= $3 AND x.received_at < $4 AND x.state NOT IN ('draft', 'dismissed') AND ${visibleTo('c', 1)}
             ORDER BY x.received_at, x.number`,
      values: [...visibleValues(viewer), month.from, month.to],
    });
  }

  async report(viewer: Viewer, month: Month, actionFrom: number): Promise<ComplaintReport> {
    const [rows, claimsHandled, actions] = await Promise.all([this.rows(viewer, month), this.handled(viewer, month), this.actions(month)]);
    const totals = totalsOf(rows, claimsHandled);
    const acted = actions.map(({ rootCause }) => rootCause);
    const { byCategory, byRootCause, byLine, byChannel, byHandler, satisfaction, ...figures } = totals;
    return {
      month: month.name,
      claimsHandled,
      ...figures,
      byCategory: [...byCategory],
      byRootCause: [...byRootCause],
      byLine: [...byLine],
      byChannel: [...byChannel],
      byHandler: [...byHandler],
      satisfaction: { ...satisfaction },
      demandsAction: demandsAction(byRootCause, actionFrom, acted),
      actions,
    };
  }

  // Claims that were being handled at any time of the month: there before its end, and not closed before its beginning.
  private async handled(viewer: Viewer, month: Month): Promise<number> {
    const [row] = await this.queries.query<{ n: number }>({
      name: 'complaint-report-claims',
      text: `SELECT count(*)::int AS n FROM claims WHERE created_at < $3 AND NOT (stage = 'closed' AND updated_at < $2) AND (cardinality($1::uuid[]) = 0 OR brand_id = ANY ($1::uuid[]))`,
      values: [viewer.brandIds, month.from, month.to],
    });
    return row?.n ?? 0;
  }

  private async actions(month: Month): Promise<Action[]> {
    const rows = await this.queries.query<Omit<Action, 'due' | 'doneAt'> & { due: Date; doneAt: Date | null }>({
      name: 'corrective-actions',
      text: `SELECT x.id, x.root_cause AS "rootCause", x.month, x.action, jsonb_build_object('id', a.id, 'name', a.name) AS owner, x.due_at AS due, x.done_at AS "doneAt", x.result
             FROM corrective_actions x JOIN accounts a ON a.id = x.owner_id WHERE x.month = $1 OR x.done_at IS NULL ORDER BY x.due_at, x.id LIMIT 100`,
      values: [month.name],
    });
    return rows.map((row) => ({ ...row, due: row.due.toISOString(), doneAt: row.doneAt?.toISOString() ?? null }));
  }
}
