import { claimVisibleTo } from '@claimline/claims';
import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { Absences } from '@claimline/people';
import type { NextBreach, Team, TeamMember } from '@claimline/protocol';
import { DEFAULT_ROUTING_POLICY, standInsOf, type AbsenceFact } from '@claimline/routing';

interface MemberRow extends Pick<TeamMember, 'id' | 'name' | 'role' | 'presence' | 'used' | 'capacity' | 'teams' | 'lines' | 'languages'> {
  readonly open: number;
  readonly waiting: number;
  readonly overdue: number;
  readonly soon: number;
  readonly tasks: number;
  readonly absence_id: string | null;
  readonly absence_until: Date | null;
  readonly delegate_id: string | null;
  readonly delegate_name: string | null;
}

interface NextRow {
  readonly id: string;
  readonly contact: string;
  readonly channel: string;
  readonly claim: string | null;
  readonly assignee_id: string | null;
  readonly assignee_name: string | null;
  readonly due: Date;
  readonly kind: string | null;
}

// Counted once over all open conversations, then joined: one pass however many people there are. $1 now, $2 demo, $3 … the viewer's walls.
const MEMBERS = `
  WITH held AS (
    SELECT c.assignee_id AS id, count(*)::int AS open, count(*) FILTER (WHERE c.awaiting_reply)::int AS waiting,
           count(*) FILTER (WHERE c.next_due_at <= $1)::int AS overdue, count(*) FILTER (WHERE c.next_due_at > $1 AND c.next_due_at <= $1::timestamptz + interval '1 hour')::int AS soon
    FROM conversations c WHERE c.status = 'open' AND c.assignee_id IS NOT NULL AND ${visibleTo('c', 3)} GROUP BY c.assignee_id
  ), owed AS (
    SELECT owner_id AS id, count(*)::int AS tasks FROM tasks WHERE state = 'open' AND owner_id IS NOT NULL GROUP BY owner_id
  )
  SELECT a.id, a.name, a.role,
         CASE WHEN EXISTS (SELECT 1 FROM presence_connections p WHERE p.account_id = a.id AND p.until > now()) THEN coalesce(d.presence, 'offline') ELSE 'offline' END AS presence,
         coalesce(d.used, 0) AS used, coalesce(d.capacity, 0) AS capacity,
         ARRAY(SELECT t.name FROM teams t WHERE t.id = ANY (d.team_ids) ORDER BY t.name) AS teams,
         ARRAY(SELECT jsonb_object_keys(coalesce(d.lines, '{}')) ORDER BY 1) AS lines,
         ARRAY(SELECT jsonb_object_keys(coalesce(d.languages, '{}')) ORDER BY 1) AS languages,
         coalesce(held.open, 0) AS open, coalesce(held.waiting, 0) AS waiting, coalesce(held.overdue, 0) AS overdue, coalesce(held.soon, 0) AS soon,
         coalesce(owed.tasks, 0) AS tasks,
         s.id AS absence_id, s.ends_at AS absence_until, s.delegate_id, g.name AS delegate_name
  FROM accounts a
  LEFT JOIN adjusters d ON d.account_id = a.id
  LEFT JOIN held ON held.id = a.id
  LEFT JOIN owed ON owed.id = a.id
  LEFT JOIN LATERAL (SELECT * FROM absences WHERE account_id = a.id AND canceled_at IS NULL AND starts_at <= $1 AND ends_at > $1 ORDER BY starts_at LIMIT 1) s ON true
  LEFT JOIN accounts g ON g.id = s.delegate_id
  WHERE a.active AND (NOT a.demo OR $2) AND a.role NOT IN ('integration', 'auditor') AND (a.role = 'adjuster' OR held.open > 0 OR owed.tasks > 0 OR d.lines <> '{}')
  ORDER BY a.name, a.id`;

const NEXT = `
  SELECT c.id, k.name AS contact, c.channel, c.claim_number AS claim, c.assignee_id, a.name AS assignee_name, c.next_due_at AS due, c.next_due_kind AS kind
  FROM conversations c JOIN contacts k ON k.id = c.contact_id LEFT JOIN accounts a ON a.id = c.assignee_id
  WHERE c.status = 'open' AND c.next_due_at IS NOT NULL AND ${visibleTo('c', 1)} ORDER BY c.next_due_at, c.id LIMIT 50`;

// The same conditions as the inbox's filters of these names: a tile shows what it counts.
const TILES = `
  SELECT count(*) FILTER (WHERE c.next_due_at > $1 AND c.next_due_at <= $1::timestamptz + interval '1 hour')::int AS hour,
         count(*) FILTER (WHERE c.next_due_at <= $1)::int AS overdue,
         count(*) FILTER (WHERE c.assignee_id IS NULL AND NOT c.to_file)::int AS unassigned,
         count(*) FILTER (WHERE EXISTS (SELECT FROM absences s WHERE s.account_id = coalesce(c.assignee_id, cl.handler_id) AND s.canceled_at IS NULL AND s.starts_at <= $1 AND s.ends_at > $1))::int AS "absentOwners"
  FROM conversations c LEFT JOIN claims cl ON cl.id = c.claim_id WHERE c.status = 'open' AND ${visibleTo('c', 2)}`;

const PROMISES = `
  SELECT id, sum(today)::int AS today FROM (
    SELECT cl.handler_id AS id, count(*) AS today FROM claims cl JOIN brands b ON b.id = cl.brand_id
    WHERE cl.handler_id IS NOT NULL AND cl.stage <> 'closed' AND cl.promised_by = ($1::timestamptz AT TIME ZONE b.time_zone)::date AND ${claimVisibleTo('cl', 2)} GROUP BY cl.handler_id
    UNION ALL
    SELECT p.owner_id, count(*) FROM promises p LEFT JOIN conversations c ON c.id = p.conversation_id LEFT JOIN claims cl ON cl.id = p.claim_id JOIN brands b ON b.id = coalesce(c.brand_id, cl.brand_id)
    WHERE p.source = 'person' AND p.state = 'open' AND p.owner_id IS NOT NULL AND (p.due_at AT TIME ZONE b.time_zone)::date = ($1::timestamptz AT TIME ZONE b.time_zone)::date
      AND (c.id IS NULL OR (${visibleTo('c', 2)})) AND (cl.id IS NULL OR ${claimVisibleTo('cl', 2)}) GROUP BY p.owner_id
  ) AS counted GROUP BY id`;

/** The supervisor's screen: who has what, what breaches next, and how much of it. */
export class TeamView {
  constructor(
    private readonly queries: Queries,
    private readonly absences: Absences,
    private readonly demo: boolean,
  ) {}

  async show(viewer: Viewer, now: Date): Promise<Team> {
    const walls = visibleValues(viewer);
    const [members, next, tiles, promises, absences] = await Promise.all([
      this.queries.query<MemberRow>({ name: 'team-members', text: MEMBERS, values: [now, this.demo, ...walls] }),
      this.queries.query<NextRow>({ name: 'team-next', text: NEXT, values: walls }),
      this.queries.query<Team['tiles']>({ name: 'team-tiles', text: TILES, values: [now, ...walls] }),
      this.queries.query<{ id: string; today: number }>({ name: 'team-promises', text: PROMISES, values: [now, ...walls] }),
      this.absences.current(this.queries, now),
    ]);
    const today = answeredFor(promises, absences, now);
    return {
      people: members.map((row) => toMember(row, today.get(row.id) ?? 0)),
      next: next.map((row) => toNext(row, now)),
      tiles: tiles[0]!,
    };
  }

  /** For whose claims somebody answers now: their own while they are here, and those of whoever they stand in for. */
  async answersFor(accountId: string, now: Date): Promise<string[]> {
    const absences = await this.absences.current(this.queries, now);
    const others = absences.filter((one) => responsible(one.accountId, absences, now) === accountId).map((one) => one.accountId);
    return responsible(accountId, absences, now) === accountId ? [accountId, ...others] : others;
  }
}

/** Who answers for somebody's promises now: they themselves, or who stands in; where nobody does it stays theirs. */
const responsible = (accountId: string, absences: readonly AbsenceFact[], now: Date): string =>
  standInsOf(accountId, absences, now, DEFAULT_ROUTING_POLICY.delegationDepth)[0] ?? accountId;

function answeredFor(
  promises: readonly { id: string; today: number }[],
  absences: readonly AbsenceFact[],
  now: Date,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { id, today } of promises) {
    const who = responsible(id, absences, now);
    counts.set(who, (counts.get(who) ?? 0) + today);
  }
  return counts;
}

function toMember(
  { absence_id: id, absence_until: until, delegate_id: delegate, delegate_name: name, ...row }: MemberRow,
  promisesToday: number,
): TeamMember {
  const absence = id && until ? { id, until: until.toISOString(), delegate: delegate ? { id: delegate, name: name ?? '' } : null } : null;
  return { ...row, promisesToday, absence };
}

const toNext = (row: NextRow, now: Date): NextBreach => ({
  conversationId: row.id,
  contact: row.contact,
  channel: row.channel,
  claim: row.claim,
  assignee: row.assignee_id ? { id: row.assignee_id, name: row.assignee_name ?? '' } : null,
  at: row.due.toISOString(),
  kind: row.kind ?? 'due',
  breached: row.due <= now,
});
