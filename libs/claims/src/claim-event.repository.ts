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

/** Every event that came, also those that changed nothing. Unique by (source, id): a redelivery is recognised by the database. */
export class ClaimEventRepository {
  /** False: this source has sent this id before, and nothing is written. */
  async insert(tx: Transaction, event: StoredClaimEvent): Promise<boolean> {
    const rows = await tx.query<{ id: string }>({
      name: 'claim-event-insert',
      text: `INSERT INTO claim_events (id, source, event_id, claim_number, claim_id, exposure_id, version, type, outcome, detail, stage, previous_stage, sub_status, key_id, sealed, occurred_at, received_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) ON CONFLICT (source, event_id) DO NOTHING RETURNING id`,
      values: [
        event.id,
        event.source,
        event.eventId,
        event.claimNumber,
        event.claimId,
        event.exposureId,
        event.version,
        event.type,
        event.outcome,
        event.detail,
        event.stage,
        event.previousStage,
        event.subStatus,
        event.keyId,
        event.sealed,
        event.occurredAt,
        event.receivedAt,
      ],
    });
    return rows.length > 0;
  }

  async isKnown(queries: Queries, source: string, eventId: string): Promise<boolean> {
    const rows = await queries.query({
      name: 'claim-event-known',
      text: 'SELECT 1 AS known FROM claim_events WHERE source = $1 AND event_id = $2',
      values: [source, eventId],
    });
    return rows.length > 0;
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
