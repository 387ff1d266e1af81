import { claimVisibleTo } from '@claimline/claims';
import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { OwnedItem, WorkOf } from '@claimline/protocol';

interface Row {
  readonly id: string;
  readonly title: string | null;
  readonly claim: string | null;
  readonly conversation_id: string | null;
  readonly kind: string | null;
  readonly at: Date | null;
  readonly total: number;
  readonly shown: boolean;
  readonly today?: boolean;
}

/** Whose work, for whose eyes. */
interface Wish {
  readonly viewer: Viewer;
  readonly accountId: string;
  /** For whose claims they answer: their own, and those of whoever they stand in for. */
  readonly answersFor: readonly string[];
  readonly now: Date;
}

const MOST = 100;

const CONVERSATIONS = (status: 'open' | 'snoozed', at: string): string => `
  SELECT c.id, k.name AS title, c.claim_number AS claim, c.id AS conversation_id, NULL AS kind, ${at} AS at, count(*) OVER ()::int AS total, ${visibleTo('c', 1)} AS shown
  FROM conversations c JOIN contacts k ON k.id = c.contact_id
  WHERE c.assignee_id = $3 AND c.status = '${status}' ORDER BY ${at} NULLS LAST, c.id LIMIT ${MOST}`;

const SCHEDULED = `
  SELECT s.id, k.name AS title, c.claim_number AS claim, c.id AS conversation_id, NULL AS kind, s.send_at AS at, count(*) OVER ()::int AS total, ${visibleTo('c', 1)} AS shown
  FROM scheduled_sends s JOIN conversations c ON c.id = s.conversation_id JOIN contacts k ON k.id = c.contact_id
  WHERE s.owner_id = $3 AND s.state IN ('waiting', 'held') ORDER BY s.send_at, s.id LIMIT ${MOST}`;

const TASKS = `
  SELECT t.id, k.name AS title, t.claim_number AS claim, t.conversation_id, t.kind, t.due_at AS at, count(*) OVER ()::int AS total,
         (c.id IS NULL OR (${visibleTo('c', 1)})) AND (cl.id IS NULL OR ${claimVisibleTo('cl', 1)}) AS shown
  FROM tasks t LEFT JOIN contacts k ON k.id = t.contact_id LEFT JOIN conversations c ON c.id = t.conversation_id LEFT JOIN claims cl ON cl.id = t.claim_id
  WHERE t.owner_id = $3 AND t.state = 'open' ORDER BY t.due_at, t.id LIMIT ${MOST}`;

// The claim core's promise is for a day, and the day is the brand's; what people promised themselves has a time and an owner. $3 are those answered for.
const PROMISES = `
  SELECT all_of.*, count(*) OVER ()::int AS total FROM (
    SELECT cl.id, NULL AS title, cl.number AS claim, NULL::uuid AS conversation_id, cl.next_step AS kind, (cl.promised_by + time '12:00') AT TIME ZONE b.time_zone AS at,
           ${claimVisibleTo('cl', 1)} AS shown, cl.promised_by = ($4::timestamptz AT TIME ZONE b.time_zone)::date AS today
    FROM claims cl JOIN brands b ON b.id = cl.brand_id
    WHERE cl.handler_id = ANY ($3::uuid[]) AND cl.stage <> 'closed' AND cl.promised_by IS NOT NULL
    UNION ALL
    SELECT p.id, k.name, p.claim_number, p.conversation_id, p.step, p.due_at,
           (c.id IS NULL OR (${visibleTo('c', 1)})) AND (cl.id IS NULL OR ${claimVisibleTo('cl', 1)}),
           (p.due_at AT TIME ZONE coalesce(b.time_zone, 'UTC'))::date = ($4::timestamptz AT TIME ZONE coalesce(b.time_zone, 'UTC'))::date
    FROM promises p LEFT JOIN contacts k ON k.id = p.contact_id LEFT JOIN conversations c ON c.id = p.conversation_id LEFT JOIN claims cl ON cl.id = p.claim_id
    LEFT JOIN brands b ON b.id = coalesce(c.brand_id, cl.brand_id)
    WHERE p.source = 'person' AND p.owner_id = ANY ($3::uuid[]) AND p.state = 'open'
  ) AS all_of ORDER BY at, id LIMIT ${MOST}`;

/** Everything that somebody has: what an absence would move, and what the supervisor's screen opens. */
export class WorkOfView {
  constructor(private readonly queries: Queries) {}

  async of({ viewer, accountId, answersFor, now }: Wish): Promise<WorkOf> {
    const mine = [...visibleValues(viewer), accountId];
    const [open, snoozed, scheduled, tasks, promises] = await Promise.all([
      this.rows('work-of-open', CONVERSATIONS('open', 'c.next_due_at'), mine),
      this.rows('work-of-snoozed', CONVERSATIONS('snoozed', 'c.snoozed_until'), mine),
      this.rows('work-of-scheduled', SCHEDULED, mine),
      this.rows('work-of-tasks', TASKS, mine),
      this.rows('work-of-promises', PROMISES, [...visibleValues(viewer), answersFor, now]),
    ]);
    return {
      open: listOf(open),
      snoozed: listOf(snoozed),
      scheduled: listOf(scheduled),
      tasks: listOf(tasks),
      promises: { ...listOf(promises), today: promises.filter(({ today }) => today).length },
    };
  }

  private rows(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
    return this.queries.query<Row>({ name, text, values });
  }
}

// What is behind a wall is counted (it moves too) and not shown.
function listOf(rows: readonly Row[]): { count: number; items: OwnedItem[] } {
  return { count: rows[0]?.total ?? 0, items: rows.filter(({ shown }) => shown).map(toItem) };
}

const toItem = (row: Row): OwnedItem => ({
  id: row.id,
  title: row.title ?? row.claim ?? '',
  claim: row.claim,
  conversationId: row.conversation_id,
  kind: row.kind,
  at: row.at?.toISOString() ?? null,
});
