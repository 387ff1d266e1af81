import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { Timeline, TimelineEntry } from '@claimline/protocol';
import { fromCursor, toCursor } from '../http/cursor';

interface Row extends Omit<TimelineEntry, 'at'> {
  readonly at: Date;
  /** The time as PostgreSQL keeps it, to the microsecond: a cursor must not lose what a Date rounds away. */
  readonly place: string;
}

/** Everything that happened to a claim, newest first: its events, what the customer was told or not, what was said, what was to be done. */
export class ClaimTimelineView {
  constructor(private readonly queries: Queries) {}

  /** The caller has checked that the claim may be seen; threads behind walls are left out here. */
  async page(
    viewer: Viewer,
    claim: { readonly id: string; readonly number: string },
    query: { readonly limit: number; readonly before?: string },
  ): Promise<Timeline> {
    const place = fromCursor(query.before, 2) ?? [null, null];
    const rows = await this.queries.query<Row>({
      name: 'claim-timeline',
      text: TIMELINE,
      values: [claim.id, claim.number, query.limit + 1, ...place, ...visibleValues(viewer)],
    });
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      items: page.map(({ place: _, at, ...entry }) => ({ ...entry, at: at.toISOString() })),
      next: rows.length > page.length && last ? toCursor([last.place, last.id]) : null,
    };
  }
}

const EVENTS = `
  SELECT e.id::text AS id, e.occurred_at AS at, CASE WHEN e.outcome <> 'applied' THEN 'anomaly' WHEN e.stage IS NULL THEN 'event' ELSE 'stage' END AS type, p.name AS who,
    jsonb_strip_nulls(jsonb_build_object('type', e.type, 'outcome', e.outcome, 'detail', e.detail, 'stage', e.stage, 'previousStage', e.previous_stage, 'subStatus', e.sub_status,
      'exposure', x.kind, 'version', e.version, 'confirmedBy', a.name)) AS params, NULL::uuid AS "conversationId"
  FROM claim_events e LEFT JOIN exposures x ON x.id = e.exposure_id LEFT JOIN claim_parties p ON p.id = x.party_id LEFT JOIN accounts a ON a.id = e.confirmed_by
  WHERE e.claim_number = $2`;

// The channel is the one that told it, or the one on which it is under way.
const NOTICES = `
  SELECT n.id::text, n.created_at, 'notice', k.name,
    jsonb_strip_nulls(jsonb_build_object('noticeId', n.id, 'code', n.code, 'state', n.state, 'reason', n.reason, 'channel', coalesce(n.trace->'proof'->>'channel', n.plan->n.step->>'channel'),
      'skipped', n.trace->'skipped', 'heldUntil', n.held_until, 'tellMs', CASE WHEN n.state = 'told' THEN round(extract(epoch FROM n.settled_at - n.occurred_at) * 1000) END)), n.conversation_id
  FROM notices n LEFT JOIN contacts k ON k.id = n.contact_id WHERE n.claim_id = $1`;

const MESSAGES = `
  SELECT m.id::text, m.occurred_at, 'message', CASE WHEN m.direction = 'inbound' THEN coalesce(k.name, m.from_name) ELSE a.name END,
    jsonb_strip_nulls(jsonb_build_object('direction', m.direction, 'kind', m.kind, 'channel', m.channel, 'preview', left(m.text, 200))), c.id
  FROM conversations c JOIN messages m ON m.conversation_id = c.id LEFT JOIN contacts k ON k.id = c.contact_id LEFT JOIN accounts a ON a.id = m.author_id
  WHERE c.claim_id = $1 AND m.kind <> 'notice' AND ${visibleTo('c', 6)}`;

const TASKS = `
  SELECT t.id::text, t.created_at, 'task', o.name, jsonb_strip_nulls(jsonb_build_object('kind', t.kind, 'reason', t.reason, 'state', t.state, 'outcome', t.outcome, 'due', t.due_at)), t.conversation_id
  FROM tasks t LEFT JOIN accounts o ON o.id = t.owner_id LEFT JOIN conversations c ON c.id = t.conversation_id WHERE t.claim_id = $1 AND (c.id IS NULL OR ${visibleTo('c', 6)})`;

const TIMELINE = `
  SELECT *, at::text AS place FROM (${EVENTS} UNION ALL ${NOTICES} UNION ALL ${MESSAGES} UNION ALL ${TASKS}) AS entry
  WHERE $4::timestamptz IS NULL OR (entry.at, entry.id) < ($4, $5::text) ORDER BY entry.at DESC, entry.id DESC LIMIT $3`;
