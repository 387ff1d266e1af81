import type { Viewer } from '@claimline/conversations';
import type { Queries, Seal } from '@claimline/database';
import type { NeedsLookItem, NeedsLookPage } from '@claimline/protocol';
import { fromCursor, toCursor } from '../http/cursor';
import { unpackMail } from '../inbound/raw-mail';
import { unpackRequest } from '../inbound/raw-request';

interface Row {
  readonly id: string;
  readonly inbox_id: string | null;
  readonly inbox_name: string | null;
  readonly inbox_kind: string | null;
  readonly reason: string;
  readonly detail: string;
  readonly received_at: Date;
  readonly door: string | null;
  readonly key_id: string | null;
  readonly sealed: Buffer | null;
  readonly event: string | null;
}

/** An event that a consumer has set aside, found by the event's id. */
export interface ParkedPlace {
  readonly position: number;
}

const EXCERPT = 2000;

/** What waits for a person because it could not be read or placed: deliveries from outside, and events that a follow-up failed on. */
export class NeedsLookView {
  constructor(
    private readonly queries: Queries,
    private readonly seal: Seal,
  ) {}

  /** Newest first, and only of the viewer's brands; what came in by no known inbox is everybody's. */
  async page(viewer: Viewer, limit: number, before: string | undefined): Promise<NeedsLookPage> {
    const place = fromCursor(before, 2);
    const rows = await this.queries.query<Row>({
      name: place ? 'needs-look-next' : 'needs-look-first',
      text: `SELECT * FROM (${OPEN} UNION ALL ${PARKED}) AS item ${place ? 'WHERE (received_at, id) < ($3::timestamptz, $4::uuid)' : ''} ORDER BY received_at DESC, id DESC LIMIT $2`,
      values: [viewer.brandIds, limit + 1, ...(place ?? [])],
    });
    const shown = rows.slice(0, limit);
    return {
      items: shown.map((row) => this.toItem(row)),
      next: rows.length > limit ? toCursor([shown.at(-1)!.received_at.toISOString(), shown.at(-1)!.id]) : null,
    };
  }

  /** Whether the viewer may settle an item: the same rule as in {@link page}, for one. */
  async mayTouch(viewer: Viewer, id: string): Promise<boolean> {
    const rows = await this.queries.query({
      name: 'needs-look-visible',
      text: `SELECT 1 FROM needs_look n LEFT JOIN inboxes i ON i.id = n.inbox_id WHERE n.id = $2 AND ${BRANDS}`,
      values: [viewer.brandIds, id],
    });
    return rows.length > 0;
  }

  /** The parked event behind an item, where it is one. */
  async parked(eventId: string): Promise<ParkedPlace | undefined> {
    const [row] = await this.queries.query<{ position: string }>({
      name: 'needs-look-parked',
      text: 'SELECT p.position FROM parked_events p JOIN event_log e ON e.position = p.position WHERE e.id = $1 LIMIT 1',
      values: [eventId],
    });
    return row && { position: Number(row.position) };
  }

  private toItem(row: Row): NeedsLookItem {
    return {
      id: row.id,
      inbox: row.inbox_id && row.inbox_name ? { id: row.inbox_id, name: row.inbox_name, kind: row.inbox_kind! } : null,
      reason: row.reason,
      detail: row.detail,
      excerpt: row.event ?? this.excerpt(row),
      receivedAt: row.received_at.toISOString(),
      state: 'open',
    };
  }

  private excerpt({ key_id: keyId, sealed, door }: Row): string {
    if (!keyId || !sealed) return '';
    try {
      return readable(wordsOf(door, this.seal.open({ keyId, sealed })));
    } catch {
      // A key that was taken out of HUB_SECRET: the item is still there to be replayed once the key is back.
      return '';
    }
  }
}

// Heads hold signatures and tokens of the provider; a person needs the body.
function wordsOf(door: string | null, kept: Buffer): Buffer {
  if (door === 'webhook') return unpackRequest(kept).body;
  return door === 'mail' ? unpackMail(kept).mail : kept;
}

function readable(bytes: Buffer): string {
  return bytes
    .subarray(0, EXCERPT * 4)
    .toString('utf8')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .slice(0, EXCERPT);
}

const BRANDS = '(cardinality($1::uuid[]) = 0 OR i.id IS NULL OR i.brand_id = ANY ($1::uuid[]))';

const OPEN = `
  SELECT n.id, n.inbox_id, i.name AS inbox_name, i.kind AS inbox_kind, n.reason, n.detail, n.received_at, r.door, r.key_id, r.sealed, NULL::text AS event
  FROM needs_look n LEFT JOIN inboxes i ON i.id = n.inbox_id LEFT JOIN inbound_raw r ON r.received_at = n.raw_at AND r.id = n.raw_id
  WHERE n.state = 'open' AND ${BRANDS}`;

// One line per event, whoever failed on it; those that only wait behind it are not shown.
const PARKED = `
  SELECT e.id, NULL::uuid, NULL::text, NULL::text, 'parked-event', string_agg(p.consumer || ': ' || p.error, '; ' ORDER BY p.consumer), max(p.parked_at), NULL::text, NULL::text, NULL::bytea, e.type || ' ' || e.payload::text
  FROM parked_events p JOIN event_log e ON e.position = p.position
  WHERE p.conversation_id IS NULL OR NOT EXISTS (SELECT 1 FROM parked_events q WHERE q.consumer = p.consumer AND q.conversation_id = p.conversation_id AND q.position < p.position)
  GROUP BY e.id, e.type, e.payload`;
