import type { Queries, Seal } from '@claimline/database';
import type { NeedsLookItem, NeedsLookPage } from '@claimline/protocol';
import { fromCursor, toCursor } from '../http/cursor';
import { unpackMail } from '../inbound/raw-mail';
import { unpackRequest } from '../inbound/raw-request';
import { ITEM_TABLES, ITEM_VISIBLE, lookValues, PARKED_EVENTS, type LookingPerson } from './needs-look-items';

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

  /** Newest first, and only what the viewer may see. */
  async page(viewer: LookingPerson, limit: number, before: string | undefined): Promise<NeedsLookPage> {
    const place = fromCursor(before, 2);
    const rows = await this.queries.query<Row>({
      name: place ? 'needs-look-next' : 'needs-look-first',
      text: `SELECT * FROM (${OPEN} UNION ALL ${PARKED}) AS item ${place ? 'WHERE (received_at, id) < ($5::timestamptz, $6::uuid)' : ''} ORDER BY received_at DESC, id DESC LIMIT $4`,
      values: [...lookValues(viewer), limit + 1, ...(place ?? [])],
    });
    const shown = rows.slice(0, limit);
    return {
      items: shown.map((row) => this.toItem(row)),
      next: rows.length > limit ? toCursor([shown.at(-1)!.received_at.toISOString(), shown.at(-1)!.id]) : null,
    };
  }

  /** Whether the viewer may settle an item or a parked event: the same rule as in {@link page}, for one. */
  async mayTouch(viewer: LookingPerson, id: string): Promise<boolean> {
    const rows = await this.queries.query({
      name: 'needs-look-visible',
      text: `SELECT 1 FROM ${ITEM_TABLES} WHERE n.id = $4 AND ${ITEM_VISIBLE}
             UNION ALL SELECT 1 FROM parked_events p JOIN event_log e ON e.position = p.position WHERE e.id = $4 AND $3::boolean`,
      values: [...lookValues(viewer), id],
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

const OPEN = `
  SELECT n.id, n.inbox_id, i.name AS inbox_name, i.kind AS inbox_kind, n.reason, n.detail, n.received_at, r.door, r.key_id, r.sealed, NULL::text AS event
  FROM ${ITEM_TABLES} LEFT JOIN inbound_raw r ON r.received_at = n.raw_at AND r.id = n.raw_id
  WHERE n.state = 'open' AND ${ITEM_VISIBLE}`;

const PARKED = `
  SELECT id, NULL::uuid, NULL::text, NULL::text, 'parked-event', detail, parked_at, NULL::text, NULL::text, NULL::bytea, event FROM (${PARKED_EVENTS}) AS p`;
