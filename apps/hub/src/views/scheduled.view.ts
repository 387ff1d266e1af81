import { visibleTo, visibleValues, type ScheduledMessage, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { ScheduledSend, ScheduledSends } from '@claimline/protocol';
import { fromCursor, toCursor } from '../http/cursor';

interface Row {
  readonly id: string;
  readonly conversation_id: string;
  readonly contact_id: string;
  readonly contact_name: string;
  readonly claim_number: string | null;
  readonly message: ScheduledMessage;
  readonly send_at: Date;
  readonly state: ScheduledSend['state'];
  readonly reason: string | null;
  readonly author_id: string;
  readonly author_name: string;
  readonly owner_id: string | null;
  readonly owner_name: string | null;
}

const FROM = `
  SELECT s.id, s.conversation_id, c.contact_id, k.name AS contact_name, c.claim_number, s.message, s.send_at, s.state, s.reason, s.author_id, a.name AS author_name,
         s.owner_id, o.name AS owner_name
  FROM scheduled_sends s JOIN conversations c ON c.id = s.conversation_id JOIN contacts k ON k.id = c.contact_id JOIN accounts a ON a.id = s.author_id
  LEFT JOIN accounts o ON o.id = s.owner_id`;

/** Replies that leave later, as the thread and the list show them. */
export class ScheduledView {
  constructor(private readonly queries: Queries) {}

  /** Those of a conversation that have not left; the caller has checked that it may be seen. */
  async ofConversation(conversationId: string): Promise<ScheduledSend[]> {
    const text = `${FROM} WHERE s.conversation_id = $1 AND s.state IN ('waiting', 'held') ORDER BY s.send_at, s.id`;
    return (await this.queries.query<Row>({ name: 'scheduled-of', text, values: [conversationId] })).map(toSend);
  }

  async find(viewer: Viewer, id: string): Promise<ScheduledSend | undefined> {
    const text = `${FROM} WHERE s.id = $3 AND ${visibleTo('c', 1)}`;
    const [row] = await this.queries.query<Row>({ name: 'scheduled-visible', text, values: [...visibleValues(viewer), id] });
    return row && toSend(row);
  }

  /** Somebody's and everybody's (null: all), nearest first. */
  async page(
    viewer: Viewer,
    { ownerId, limit, before }: { ownerId: string | null; limit: number; before?: string },
  ): Promise<ScheduledSends> {
    const place = fromCursor(before, 2);
    const rows = await this.queries.query<Row>({
      name: `scheduled-${place ? 'next' : 'first'}`,
      text: `${FROM} WHERE s.state IN ('waiting', 'held') AND ($3::uuid IS NULL OR s.owner_id = $3 OR s.owner_id IS NULL) AND ${visibleTo('c', 1)}
             ${place ? 'AND (s.send_at, s.id) > ($5::timestamptz, $6::uuid)' : ''} ORDER BY s.send_at, s.id LIMIT $4`,
      values: [...visibleValues(viewer), ownerId, limit + 1, ...(place ?? [])],
    });
    const last = rows[limit - 1];
    const items = rows.slice(0, limit).map(toSend);
    return { items, next: rows.length > limit && last ? toCursor([last.send_at.toISOString(), last.id]) : null };
  }
}

const toSend = (row: Row): ScheduledSend => ({
  id: row.id,
  conversationId: row.conversation_id,
  contact: { id: row.contact_id, name: row.contact_name },
  claim: row.claim_number,
  text: row.message.text,
  channel: row.message.channel ?? null,
  template: row.message.template ?? null,
  files: row.message.attachments?.length ?? 0,
  sendAt: row.send_at.toISOString(),
  state: row.state,
  reason: row.reason,
  author: { id: row.author_id, name: row.author_name },
  owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null,
});
