import { spokenLanguage } from '@claimline/messages';
import type { ConversationItem } from '@claimline/protocol';

/** A conversation's row as lists read it. */
export interface ConversationListRow {
  readonly id: string;
  /** `privileged`: with our own counsel. */
  readonly kind: string;
  readonly language: string;
  readonly contact_id: string;
  readonly contact_name: string;
  readonly contact_kind: ConversationItem['contact']['kind'] | 'shared';
  readonly channel: string;
  readonly claim_number: string | null;
  readonly stage: string | null;
  readonly line: string | null;
  readonly assignee_id: string | null;
  readonly assignee_name: string | null;
  readonly team_id: string | null;
  readonly team_name: string | null;
  readonly status: ConversationItem['status'];
  readonly snoozed_until: Date | null;
  readonly subject: string | null;
  readonly preview: string;
  readonly preview_direction: ConversationItem['previewDirection'];
  readonly last_message_at: Date;
  readonly resolved_at: Date | null;
  readonly unread: number;
  readonly next_due_at: Date | null;
  readonly next_due_kind: string | null;
  readonly labels: string[];
  readonly awaiting_reply: boolean;
  readonly message_count: number;
  /** 0: somebody is hurt and waits. */
  readonly urgency: number;
  /** The customer refuses the channel of this conversation; null: never said anything about it. */
  readonly opted_out: boolean | null;
}

/** What a list shows of `c`; `$1` is the viewer. Goes with {@link CONVERSATION_JOINS}. */
export const CONVERSATION_COLUMNS = `
  c.id, c.kind, coalesce(c.language, k.language, (SELECT default_language FROM brands WHERE id = c.brand_id)) AS language, c.contact_id, k.name AS contact_name, k.kind AS contact_kind, c.channel, c.claim_number, cl.stage, cl.line_of_business AS line, c.assignee_id, a.name AS assignee_name,
  c.team_id, t.name AS team_name, c.status, c.snoozed_until, c.subject, c.preview, c.preview_direction, c.last_message_at, c.resolved_at,
  greatest(c.inbound_count - coalesce(r.inbound_seen, 0), 0) AS unread, c.next_due_at, c.next_due_kind, c.labels, c.awaiting_reply, c.message_count, c.urgency,
  (SELECT s.state = 'opted-out' FROM consents s WHERE s.address_id = c.address_id AND s.channel = c.channel AND s.purpose = 'service' ORDER BY s.at DESC, s.id DESC LIMIT 1) AS opted_out`;
/** The customer and the claim of `c`, each by its letter. */
export const JOINED = { k: 'JOIN contacts k ON k.id = c.contact_id', cl: 'LEFT JOIN claims cl ON cl.id = c.claim_id' };
/** The customer `k`, the claim `cl` and the rest of what a list names. */
export const CONVERSATION_JOINS = `
  ${JOINED.k} ${JOINED.cl} LEFT JOIN accounts a ON a.id = c.assignee_id LEFT JOIN teams t ON t.id = c.team_id
  LEFT JOIN conversation_reads r ON r.conversation_id = c.id AND r.account_id = $1`;

/** The row as the protocol has it. */
export function toConversationItem(row: ConversationListRow, now: Date): ConversationItem {
  return {
    id: row.id,
    contact: { id: row.contact_id, name: row.contact_name, kind: row.contact_kind === 'shared' ? 'person' : row.contact_kind },
    channel: row.channel,
    claim: row.claim_number ? { number: row.claim_number, stage: row.stage ?? '', line: row.line ?? '' } : null,
    assignee: row.assignee_id ? { id: row.assignee_id, name: row.assignee_name ?? '' } : null,
    team: row.team_id ? { id: row.team_id, name: row.team_name ?? '' } : null,
    status: row.status,
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    subject: row.subject,
    preview: row.preview,
    previewDirection: row.preview_direction,
    lastMessageAt: row.last_message_at.toISOString(),
    unread: row.unread,
    nextDue: row.next_due_at
      ? { at: row.next_due_at.toISOString(), kind: row.next_due_kind ?? 'due', breached: row.next_due_at <= now }
      : null,
    labels: [
      ...(row.kind === 'privileged' ? ['privileged'] : []),
      ...row.labels,
      ...(row.contact_kind === 'shared' ? ['who-is-writing'] : []),
      ...(row.opted_out ? ['opted-out'] : []),
    ],
    language: spokenLanguage(row.language),
    awaitingReply: row.awaiting_reply,
    position: row.message_count,
  };
}
