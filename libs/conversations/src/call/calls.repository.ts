import { newId, type Queries, type Transaction } from '@claimline/database';

/** A phone call and the entry it has in a thread. */
export interface CallRow {
  readonly id: string;
  readonly inbox_id: string;
  readonly external_id: string;
  readonly conversation_id: string;
  readonly message_id: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from_value: string;
  readonly language: string | null;
  /** Where the menu is, and what the caller has said so far. */
  readonly state: Record<string, unknown>;
  readonly outcome: string | null;
  readonly seconds: number | null;
  readonly started_at: Date;
  readonly ended_at: Date | null;
}

/** What of a call has changed; what is left out stays. */
export interface CallChange {
  readonly state: Record<string, unknown>;
  readonly language?: string | null;
  readonly outcome?: string | null;
  readonly seconds?: number | null;
  readonly endedAt?: Date | null;
}

/** Calls while they run and after. The menu's state lives here, so that any replica may answer the next step. */
export class Calls {
  /** Makes everybody wait who has something of this call, also before it has a row. Taken before the conversation's lock, everywhere. */
  async hold(tx: Transaction, inboxId: string, externalId: string): Promise<void> {
    await tx.query({
      name: 'call-hold',
      text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
      values: [`${inboxId} ${externalId}`],
    });
  }

  async find(queries: Queries, inboxId: string, externalId: string): Promise<CallRow | undefined> {
    const [row] = await queries.query<CallRow>({
      name: 'call-find',
      text: 'SELECT * FROM calls WHERE inbox_id = $1 AND external_id = $2',
      values: [inboxId, externalId],
    });
    return row;
  }

  async start(
    tx: Transaction,
    call: {
      inboxId: string;
      externalId: string;
      conversationId: string;
      messageId: string;
      direction: 'inbound' | 'outbound';
      fromValue: string;
      at: Date;
    },
  ): Promise<void> {
    await tx.query({
      name: 'call-start',
      text: `INSERT INTO calls (id, inbox_id, external_id, conversation_id, message_id, direction, from_value, started_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (inbox_id, external_id) DO NOTHING`,
      values: [newId(call.at), call.inboxId, call.externalId, call.conversationId, call.messageId, call.direction, call.fromValue, call.at],
    });
  }

  async save(tx: Transaction, id: string, change: CallChange): Promise<void> {
    await tx.query({
      name: 'call-save',
      text: 'UPDATE calls SET state = $2, language = coalesce($3, language), outcome = coalesce($4, outcome), seconds = coalesce($5, seconds), ended_at = coalesce($6, ended_at) WHERE id = $1',
      values: [
        id,
        JSON.stringify(change.state),
        change.language ?? null,
        change.outcome ?? null,
        change.seconds ?? null,
        change.endedAt ?? null,
      ],
    });
  }

  /** The last call of an entry: one that was not put through may have been tried again. */
  async ofMessage(queries: Queries, messageId: string): Promise<CallRow | undefined> {
    const [row] = await queries.query<CallRow>({
      name: 'call-of-message',
      text: 'SELECT * FROM calls WHERE message_id = $1 ORDER BY started_at DESC, id DESC LIMIT 1',
      values: [messageId],
    });
    return row;
  }
}
