import type { Queries, Sealed, Transaction } from '@claimline/database';
import type { ClaimOutcome } from './claim';

/** One event of the claim core as it came, and what became of it. The body is sealed: it holds names and addresses. */
export interface StoredClaimEvent extends Sealed {
  readonly id: string;
  readonly source: string;
  readonly eventId: string;
  readonly claimNumber: string;
  readonly claimId: string | null;
  readonly exposureId: string | null;
  readonly version: number | null;
  readonly type: string;
  readonly outcome: ClaimOutcome;
  /** What was wrong, for a person: a code, an edge, never a name. */
  readonly detail: string | null;
  readonly stage: string | null;
  readonly previousStage: string | null;
  readonly subStatus: string | null;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
}

type Settled = Pick<StoredClaimEvent, 'id' | 'claimId' | 'exposureId' | 'outcome' | 'detail' | 'stage' | 'previousStage' | 'subStatus'> & {
  readonly confirmedBy: string | null;
};
type Row = Omit<StoredClaimEvent, 'version'> & { readonly version: string | null };

const SELECT = `SELECT id, source, event_id AS "eventId", claim_number AS "claimNumber", claim_id AS "claimId", exposure_id AS "exposureId", version, type, outcome, detail,
  stage, previous_stage AS "previousStage", sub_status AS "subStatus", key_id AS "keyId", sealed, occurred_at AS "occurredAt", received_at AS "receivedAt" FROM claim_events`;

const toEvent = (row: Row): StoredClaimEvent => ({ ...row, version: row.version === null ? null : Number(row.version) });

const INSERTED: readonly (readonly [name: keyof StoredClaimEvent, column: string, type: string])[] = [
  ['id', 'id', 'uuid'],
  ['source', 'source', 'text'],
  ['eventId', 'event_id', 'text'],
  ['claimNumber', 'claim_number', 'text'],
  ['claimId', 'claim_id', 'uuid'],
  ['exposureId', 'exposure_id', 'uuid'],
  ['version', 'version', 'bigint'],
  ['type', 'type', 'text'],
  ['outcome', 'outcome', 'text'],
  ['detail', 'detail', 'text'],
  ['stage', 'stage', 'text'],
  ['previousStage', 'previous_stage', 'text'],
  ['subStatus', 'sub_status', 'text'],
  ['keyId', 'key_id', 'text'],
  ['sealed', 'sealed', 'bytea'],
  ['occurredAt', 'occurred_at', 'timestamptz'],
  ['receivedAt', 'received_at', 'timestamptz'],
];

/** How a source names an event of its own. */
export interface EventName {
  readonly source: string;
  readonly id: string;
}

/** Two transactions had the same event under two claim numbers: with this SQLSTATE the later one is run again, and then knows it. */
class SentMeanwhile extends Error {
  override readonly name = 'SentMeanwhile';
  readonly code = '40001';
}

/** Every event that came, also those that changed nothing. Unique by (source, id): a redelivery is recognised by the database. */
export class ClaimEventRepository {
  /** Which of these a source has sent before. */
  async known(queries: Queries, events: readonly EventName[]): Promise<(event: EventName) => boolean> {
    const rows = await queries.query<EventName>({
      name: 'claim-events-known',
      text: `SELECT told.source, told.id FROM unnest($1::text[], $2::text[]) AS told(source, id)
               CROSS JOIN LATERAL (SELECT FROM claim_events kept WHERE kept.source = told.source AND kept.event_id = told.id LIMIT 1) AS known`,
      values: [events.map(({ source }) => source), events.map(({ id }) => id)],
    });
    return (event) => rows.some(({ source, id }) => source === event.source && id === event.id);
  }

  /** Writes events that are not known. Throws {@link SentMeanwhile} where another transaction has just written one of them. */
  async insert(tx: Transaction, events: readonly StoredClaimEvent[]): Promise<void> {
    if (events.length === 0) return;
    const rows = await tx.query<{ id: string }>({
      name: 'claim-events-insert',
      text: `INSERT INTO claim_events (${INSERTED.map(([, column]) => column).join(', ')})
             SELECT * FROM unnest(${INSERTED.map(([, , type], index) => `$${index + 1}::${type}[]`).join(', ')}) ON CONFLICT (source, event_id) DO NOTHING RETURNING id`,
      values: INSERTED.map(([name]) => events.map((event) => event[name])),
    });
    if (rows.length < events.length) throw new SentMeanwhile();
  }

  async find(queries: Queries, id: string): Promise<StoredClaimEvent | undefined> {
    const [row] = await queries.query<Row>({ name: 'claim-event-find', text: `${SELECT} WHERE id = $1`, values: [id] });
    return row && toEvent(row);
  }

  /** Held until the transaction ends: two people who confirm at once do it once. */
  async hold(tx: Transaction, id: string): Promise<StoredClaimEvent | undefined> {
    const [row] = await tx.query<Row>({ name: 'claim-event-hold', text: `${SELECT} WHERE id = $1 FOR UPDATE`, values: [id] });
    return row && toEvent(row);
  }

  /** Events that wait because nobody has said what their stage code means. */
  async waitingForMapping(queries: Queries, limit: number): Promise<string[]> {
    const rows = await queries.query<{ id: string }>({
      name: 'claim-events-unmapped',
      text: `SELECT id FROM claim_events WHERE outcome = 'unknown-stage' ORDER BY received_at, id LIMIT $1`,
      values: [limit],
    });
    return rows.map(({ id }) => id);
  }

  /** Another look has settled it otherwise. */
  async settle(tx: Transaction, event: Settled): Promise<void> {
    await tx.query({
      name: 'claim-event-settle',
      text: 'UPDATE claim_events SET claim_id = $2, exposure_id = $3, outcome = $4, detail = $5, stage = $6, previous_stage = $7, sub_status = $8, confirmed_by = $9 WHERE id = $1',
      values: [
        event.id,
        event.claimId,
        event.exposureId,
        event.outcome,
        event.detail,
        event.stage,
        event.previousStage,
        event.subStatus,
        event.confirmedBy,
      ],
    });
  }
}
