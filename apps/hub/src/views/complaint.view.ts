import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { Complaint } from '@claimline/protocol';
import { deedsFrom } from '@claimline/quality';
import { COMPLAINT_FROM, COMPLAINT_ITEM, toItem, type ComplaintListRow } from './complaint-list.view';

type Named = { readonly id: string; readonly name: string };

interface Row extends ComplaintListRow {
  readonly whole: string;
  readonly message_id: string | null;
  readonly demand: string | null;
  readonly representatives: number;
  readonly against: Named[];
  readonly opened_at: Date;
  readonly ended_at: Date | null;
  readonly end_reason: string | null;
  readonly reopened: number;
  readonly extensions: number;
  readonly score: number | null;
  readonly agreement: NonNullable<Complaint['agreement']>['kind'] | null;
  readonly agreement_message_id: string | null;
  readonly routes: string | null;
  readonly outcome_message_id: string | null;
  readonly outcome_text: string | null;
  readonly outcome_state: string | null;
  readonly outcome_reason: string | null;
  readonly outcome_sent_at: Date | null;
  readonly root_cause: string | null;
  readonly investigator: Named | null;
  readonly proposal: string | null;
  readonly proposal_owner: Named | null;
  readonly proposal_due_at: Date | null;
  readonly clocks: Complaint['clocks'];
  readonly history: Complaint['history'];
  readonly notes: NonNullable<Complaint['investigation']>['notes'];
  readonly messages: Complaint['messages'];
}

/** Who reads: their role decides whether they have a part in every complaint. */
export interface ComplaintReader extends Viewer {
  readonly role: string;
}

const EVERY = ['complaints-officer', 'supervisor', 'administrator', 'auditor'];
// Reads, and takes steps.
const ACTS = ['complaints-officer', 'supervisor', 'administrator'];

/** One complaint with everything that this person may read of it. */
export class ComplaintView {
  constructor(private readonly queries: Queries) {}

  /** Undefined: there is none, or its conversation is not theirs to see. */
  async show(viewer: ComplaintReader, id: string): Promise<Complaint | undefined> {
    const [row] = await this.queries.query<Row>({
      name: 'complaint-show',
      text: `${SHOW} WHERE x.id = $3 AND ${visibleTo('c', 1)}`,
      values: [...visibleValues(viewer), id],
    });
    return row && toComplaint(row, viewer);
  }
}

/** Whoever is complained about does not read how it is looked into, whatever their role; others do who have a part in it. */
function mayReadInvestigation(row: Row, viewer: ComplaintReader): boolean {
  if (row.against.some(({ id }) => id === viewer.id)) return false;
  return EVERY.includes(viewer.role) || [row.investigator?.id, row.proposal_owner?.id, row.officer_id].includes(viewer.id);
}

function toComplaint(row: Row, viewer: ComplaintReader): Complaint {
  const reads = mayReadInvestigation(row, viewer);
  const { investigator, root_cause: rootCause, notes } = row;
  return {
    ...toItem(row),
    content: row.whole,
    messageId: row.message_id,
    demand: row.demand,
    representatives: row.representatives,
    // Who is named besides them is none of their business either.
    against: reads ? row.against : row.against.filter(({ id }) => id === viewer.id),
    openedAt: row.opened_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    endReason: reads ? row.end_reason : null,
    reopened: row.reopened > 0,
    extensions: row.extensions,
    score: row.score,
    agreement: row.agreement && { kind: row.agreement, messageId: row.agreement_message_id, routes: row.routes },
    outcome: outcomeOf(row),
    clocks: row.clocks,
    history: reads ? row.history : [],
    investigation: reads ? { investigator, rootCause, notes, proposal: proposalOf(row) } : null,
    deeds: reads && ACTS.includes(viewer.role) ? deedsFrom(row.state) : [],
    messages: reads ? row.messages : [],
  };
}

function proposalOf(row: Row): NonNullable<Complaint['investigation']>['proposal'] {
  if (row.proposal === null || !row.proposal_owner || !row.proposal_due_at) return null;
  return { text: row.proposal, owner: row.proposal_owner, due: row.proposal_due_at.toISOString() };
}

function outcomeOf(row: Row): Complaint['outcome'] {
  if (!row.outcome_message_id) return null;
  return {
    messageId: row.outcome_message_id,
    text: row.outcome_text ?? '',
    state: row.outcome_state ?? 'due',
    reason: row.outcome_reason,
    sentAt: row.outcome_sent_at?.toISOString() ?? null,
  };
}

const person = (alias: string): string =>
  `CASE WHEN ${alias}.id IS NULL THEN NULL ELSE jsonb_build_object('id', ${alias}.id, 'name', ${alias}.name) END`;
// Moments in JSON leave as the contract says them: UTC, with a Z.
const moment = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const SHOW = `
  SELECT ${COMPLAINT_ITEM}, x.content AS whole, x.received_at AS place, x.message_id, x.demand, x.representatives, x.opened_at, x.ended_at, x.end_reason, x.reopened, x.extensions,
    x.score, x.agreement, x.agreement_message_id, x.routes, x.outcome_message_id, x.outcome_sent_at, x.root_cause, x.proposal, x.proposal_due_at,
    ${person('inv')} AS investigator, ${person('own')} AS proposal_owner, om.text AS outcome_text, od.state AS outcome_state, od.reason AS outcome_reason,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name) ORDER BY a.name), '[]') FROM accounts a WHERE a.id = ANY (x.against)) AS against,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'policy', policy, 'startedAt', ${moment('started_at')}, 'deadline', ${moment('deadline')}, 'state', state) ORDER BY started_at, policy), '[]')
     FROM clocks WHERE started_by->>'complaint' = x.id::text) AS clocks,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('act', s.act, 'from', s.from_state, 'to', s.to_state, 'actor', ${person('who')}, 'facts', s.facts, 'at', ${moment('s.at')}) ORDER BY s.at, s.id), '[]')
     FROM complaint_steps s LEFT JOIN accounts who ON who.id = s.actor_id WHERE s.complaint_id = x.id) AS history,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind, 'text', n.text, 'messageId', n.message_id, 'attachment',
        CASE WHEN att.id IS NULL THEN NULL ELSE jsonb_build_object('id', att.id, 'name', att.name) END, 'author', ${person('who')}, 'at', ${moment('n.at')}) ORDER BY n.at, n.id), '[]')
     FROM complaint_notes n JOIN accounts who ON who.id = n.author_id LEFT JOIN attachments att ON att.id = n.attachment_id WHERE n.complaint_id = x.id) AS notes,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'kind', m.kind, 'direction', m.direction, 'text', left(m.text, 240), 'at', ${moment('m.occurred_at')}, 'attachments',
        (SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name) ORDER BY f.place), '[]') FROM attachments f WHERE f.message_id = m.id)) ORDER BY m.occurred_at DESC, m.id DESC), '[]')
     FROM (SELECT * FROM messages WHERE conversation_id = x.conversation_id ORDER BY occurred_at DESC, id DESC LIMIT 60) m) AS messages
  ${COMPLAINT_FROM} LEFT JOIN accounts inv ON inv.id = x.investigator_id LEFT JOIN accounts own ON own.id = x.proposal_owner_id LEFT JOIN messages om ON om.id = x.outcome_message_id
  LEFT JOIN LATERAL (SELECT state, reason FROM deliveries WHERE message_id = x.outcome_message_id ORDER BY created_at DESC LIMIT 1) od ON true`;
