import { Threads, type MessageRow } from '@claimline/conversations';
import { inParts, type Queries } from '@claimline/database';
import { deliveryRank, isFailure, type DeliveryState } from '@claimline/messages';
import type { Attachment, DeliveryAttempt, DeliveryMark, Message, Thread } from '@claimline/protocol';
import { fromCursor, toCursor } from '../http/cursor';
import { threadFacts } from './thread-facts.view';

interface DeliveryRow {
  readonly id: string;
  readonly message_id: string;
  readonly channel: string;
  readonly to_value: string;
  readonly attempt: number;
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly vendor_code: string | null;
  readonly fallback_of: string | null;
  readonly changed_at: Date;
}

interface AttachmentRow {
  readonly id: string;
  readonly message_id: string;
  readonly name: string;
  readonly content_type: string;
  readonly size: string | null;
  readonly state: Attachment['state'];
  readonly problem: string | null;
  readonly duration: number | null;
  readonly transcript: string | null;
  readonly thumbnail: boolean;
}

interface BesideRow {
  readonly message_id: string;
  readonly author: string | null;
  readonly call_outcome: string | null;
  readonly call_seconds: number | null;
  readonly is_call: boolean;
  readonly notice_code: string | null;
  readonly notice_claim: string | null;
}

/** For so many messages at least one connection fetches what was sent. */
const SLICE = 17;

/** A thread as it is shown: messages with their files, marks, calls and notices, and the facts between them. */
export class ThreadView {
  constructor(
    private readonly queries: Queries,
    private readonly threads: Threads,
  ) {}

  /** The newest page, or the one before a cursor; with `after`, what is newer than a position. The caller has checked that the thread may be seen. */
  async page(conversationId: string, query: { limit: number; before?: string; after?: number }): Promise<Thread> {
    const position = await this.position(conversationId);
    if (query.after !== undefined) {
      return this.show(conversationId, await this.threads.after(this.queries, conversationId, query.after, query.limit), null, position);
    }
    const place = fromCursor(query.before, 2);
    const rows = await this.threads.page(
      this.queries,
      conversationId,
      query.limit + 1,
      place && { at: new Date(String(place[0])), id: String(place[1]) },
    );
    const more = rows.length > query.limit;
    const shown = more ? rows.slice(1) : rows;
    return this.show(conversationId, shown, more ? toCursor([shown[0]!.occurred_at.toISOString(), shown[0]!.id]) : null, position);
  }

  /** One message as the thread shows it. */
  async one(row: MessageRow): Promise<Message> {
    const [message] = await this.toMessages(row.conversation_id, [row]);
    return message!;
  }

  private async position(conversationId: string): Promise<number> {
    const [row] = await this.queries.query<{ message_count: number }>({
      name: 'thread-position',
      text: 'SELECT message_count FROM conversations WHERE id = $1',
      values: [conversationId],
    });
    return row?.message_count ?? 0;
  }

  private async show(conversationId: string, rows: readonly MessageRow[], next: string | null, position: number): Promise<Thread> {
    const from = next === null ? new Date(0) : rows[0]!.occurred_at;
    const [items, facts] = await Promise.all([this.toMessages(conversationId, rows), threadFacts(this.queries, conversationId, from)]);
    return { items, facts, next, position };
  }

  private async toMessages(conversationId: string, rows: readonly MessageRow[]): Promise<Message[]> {
    const ids = rows.map((row) => row.id);
    const [attachments, deliveries, beside] = await Promise.all([
      this.attachmentsOf(ids),
      this.deliveriesOf(conversationId, ids),
      this.besideOf(rows),
    ]);
    return rows.map((row) => toMessage(row, attachments.get(row.id) ?? [], deliveries.get(row.id) ?? [], beside.get(row.id)?.[0]));
  }

  private async attachmentsOf(ids: readonly string[]): Promise<Map<string, AttachmentRow[]>> {
    const rows = await this.queries.query<AttachmentRow>({
      name: 'thread-attachments',
      text: `SELECT a.id, a.message_id, a.name, coalesce(f.content_type, a.content_type) AS content_type, coalesce(f.size, a.size) AS size, a.state, a.problem, a.duration, a.transcript, f.thumbnail_key IS NOT NULL AS thumbnail
             FROM attachments a LEFT JOIN files f ON f.id = a.file_id WHERE a.message_id = ANY ($1::uuid[]) ORDER BY a.place, a.id`,
      values: [ids],
    });
    return groupByMessage(rows);
  }

  // Fetched side by side, as the messages are: they lie as far from each other.
  private async deliveriesOf(conversationId: string, ids: readonly string[]): Promise<Map<string, DeliveryRow[]>> {
    const rows = await Promise.all(inParts(ids, SLICE).map((slice) => this.deliveries(conversationId, slice)));
    return groupByMessage(rows.flat());
  }

  // With the conversation, by whose index they are found together; message by message, since PostgreSQL would rather read all that a conversation of its guess has sent.
  private deliveries(conversationId: string, ids: readonly string[]): Promise<DeliveryRow[]> {
    return this.queries.query<DeliveryRow>({
      name: 'thread-deliveries',
      // What waits behind a stopped inbox has not been judged yet: nobody has written the reason on it.
      text: `SELECT d.id, d.message_id, d.channel, d.to_value, d.attempt, d.state, d.vendor_code, d.fallback_of, d.changed_at,
               coalesce(d.reason, CASE WHEN d.state IN ('due', 'held') AND i.state = 'stopped' THEN 'inbox-stopped' END) AS reason
             FROM unnest($1::uuid[]) AS m(id) CROSS JOIN LATERAL (SELECT * FROM deliveries WHERE conversation_id = $2 AND message_id = m.id OFFSET 0) d
               LEFT JOIN inboxes i ON i.id = d.inbox_id ORDER BY d.created_at, d.id`,
      values: [ids, conversationId],
    });
  }

  // By what the messages themselves say: they have been read, and lie far from each other.
  private async besideOf(messages: readonly MessageRow[]): Promise<Map<string, BesideRow[]>> {
    const rows = await this.queries.query<BesideRow>({
      name: 'thread-beside',
      text: `SELECT m.id AS message_id, a.name AS author, l.id IS NOT NULL AS is_call, l.outcome AS call_outcome, l.seconds AS call_seconds, n.code AS notice_code, n.claim_number AS notice_claim
             FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::boolean[]) AS m(id, author_id, notice_id, is_call) LEFT JOIN accounts a ON a.id = m.author_id
             LEFT JOIN LATERAL (SELECT * FROM calls WHERE message_id = m.id AND m.is_call ORDER BY started_at DESC, id DESC LIMIT 1) l ON true LEFT JOIN notices n ON n.id = m.notice_id`,
      values: [
        messages.map(({ id }) => id),
        messages.map(({ author_id: author }) => author),
        messages.map(({ notice_id: notice }) => notice),
        messages.map(({ kind }) => kind === 'call'),
      ],
    });
    return groupByMessage(rows);
  }
}

function groupByMessage<Row extends { readonly message_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.message_id, [...(groups.get(row.message_id) ?? []), row]);
  return groups;
}

function toMessage(
  row: MessageRow,
  attachments: readonly AttachmentRow[],
  deliveries: readonly DeliveryRow[],
  beside: BesideRow | undefined,
): Message {
  return {
    id: row.id,
    direction: row.direction,
    kind: row.kind as Message['kind'],
    channel: row.channel,
    from: row.from_value,
    fromName: row.from_name,
    to: row.to_values,
    cc: row.cc_values,
    subject: row.subject,
    text: row.text,
    quoted: row.quoted,
    html: row.has_original,
    ...(Array.isArray(row.facts?.masked) && { masked: row.facts.masked as Message['masked'] }),
    attachments: attachments.map(toAttachment),
    delivery: markOf(deliveries),
    attempts: deliveries.map(toAttempt),
    author: row.author_id ? { id: row.author_id, name: beside?.author ?? '' } : null,
    call: callOf(row, beside, markOf(deliveries)),
    notice: beside?.notice_code && row.notice_id ? { id: row.notice_id, code: beside.notice_code, claim: beside.notice_claim ?? '' } : null,
    at: row.occurred_at.toISOString(),
  };
}

const REACHED = ['answered', 'self-served'];

// A call of ours has a row of its own only once the provider tells of it; until then its delivery says how it stands.
function callOf({ kind, direction }: MessageRow, beside: BesideRow | undefined, mark: DeliveryMark | null): Message['call'] {
  if (kind !== 'call') return null;
  if (!beside?.is_call) return { outcome: mark && isFailure(mark.state) ? 'failed' : 'in-progress', seconds: null, missed: false };
  const { call_outcome: outcome, call_seconds: seconds } = beside;
  return {
    outcome: outcome ?? 'in-progress',
    seconds,
    missed: direction === 'inbound' && outcome !== null && !REACHED.includes(outcome),
  };
}

const toAttachment = (row: AttachmentRow): Attachment => ({
  id: row.id,
  name: row.name,
  contentType: row.content_type,
  size: row.size === null ? null : Number(row.size),
  state: row.state,
  problem: problemOf(row),
  duration: row.duration,
  transcript: row.transcript,
  thumbnail: row.thumbnail,
});
/** The word for why a file is not to be had; what was found in a locked up one is nobody's business but the administrator's. */
function problemOf({ state, problem }: AttachmentRow): Attachment['problem'] {
  if (state === 'quarantined') return problem === 'not-scanned' ? 'not-scanned' : 'malware';
  if (state !== 'failed') return null;
  const word = problem?.split(':')[0];
  return word === 'too-large' || word === 'refused' ? word : 'gone';
}

const toAttempt = (row: DeliveryRow): DeliveryAttempt => ({
  id: row.id,
  channel: row.channel,
  to: row.to_value,
  attempt: row.attempt,
  state: row.state,
  reason: row.reason,
  vendorCode: row.vendor_code,
  at: row.changed_at.toISOString(),
});

type Marked = Pick<DeliveryRow, 'id' | 'to_value' | 'state' | 'reason' | 'fallback_of'>;

/**
 * The mark of a message: for each recipient the best that any attempt reached, over all recipients the worst of those.
 * An attempt on another channel is for the same person: an SMS that failed and a mail that arrived is "delivered".
 */
export function markOf(deliveries: readonly Marked[]): DeliveryMark | null {
  const best = new Map<string, Marked>();
  for (const delivery of deliveries) {
    const person = recipientOf(delivery, deliveries);
    const known = best.get(person);
    if (!known || goodness(delivery.state) >= goodness(known.state)) best.set(person, delivery);
  }
  const worst = [...best.values()].sort((a, b) => goodness(a.state) - goodness(b.state))[0];
  return worst ? { state: worst.state, ...(worst.reason && { reason: worst.reason }) } : null;
}

function recipientOf(delivery: Marked, all: readonly Marked[]): string {
  const before = delivery.fallback_of ? all.find((one) => one.id === delivery.fallback_of) : undefined;
  return before ? recipientOf(before, all) : delivery.to_value;
}

// For the mark a failure is worse than anything still under way; for an attempt itself it is an end (messages/delivery-state.ts).
const goodness = (state: DeliveryState): number =>
  ['failed', 'undeliverable', 'suppressed', 'canceled'].includes(state) ? -1 : deliveryRank(state);
