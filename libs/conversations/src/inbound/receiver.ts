import { newId, type Database, type Seal, type Wakeups } from '@claimline/database';
import { addressKey, languageOfText, type InboundMessage } from '@claimline/messages';
import type { InboxFacts, RawDelivery } from './inbox-facts';
import { occurredAt, previewOf } from './occurred-at';
import { maskWording, noteMasked } from '../masking/masked-wording';
import { Pace } from './pace';
import { BATCH_COLUMNS, RECEIVE_BATCH, type BatchColumn } from './receive-batch.sql';

/** What became of one plain message. */
export interface Received {
  readonly duplicate: boolean;
  readonly messageId: string;
  readonly conversationId: string | null;
}

type Row = Readonly<Record<BatchColumn, unknown>>;

interface Waiting {
  readonly key: string;
  readonly sortKey: string;
  readonly row: Row;
  readonly done: (received: Received) => void;
  readonly failed: (error: unknown) => void;
}

// SQLSTATE classes in which PostgreSQL refused the statement itself: a value it does not take, a race, a deadlock. The batch is undone and its
// messages are taken one by one, so that the one that is refused stands alone. Anything else means that the database is not there.
const REFUSED = /^(21|22|23|40|42|54)/;
// A conversation closed under us, a deadlock, a unique race: the same message succeeds when it is tried again.
const RACE = new Set(['23502', '23505', '40P01', '21000']);
// More waiting than this means that the database does not keep up: the provider is told to come again rather than our memory to hold it.
const MOST_WAITING = 5_000;
const TRIES = 4;

/** More is waiting to be stored than should be held: the provider must come again. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
  readonly statusCode = 503;
}

/**
 * Takes plain inbound messages. Requests that arrive together share one statement and one commit; a lone one waits for nobody.
 * Resolves when the message is on disk, so that the provider may be answered.
 */
export class Receiver {
  private waiting: Waiting[] = [];
  private running = 0;
  private readonly pace = new Pace();

  constructor(
    private readonly database: Database,
    private readonly seal: Seal,
    private readonly wakeups: Wakeups,
  ) {}

  receive(inbox: InboxFacts, message: InboundMessage, raw: RawDelivery): Promise<Received> {
    if (this.waiting.length >= MOST_WAITING) return Promise.reject(new TooBusy());
    const row = this.toRow(inbox, message, raw);
    return new Promise((done, failed) => {
      this.waiting.push({ key: `${inbox.id} ${message.key}`, sortKey: addressKey(message.from), row, done, failed });
      this.next();
    });
  }

  private next(): void {
    const share = this.pace.share(this.waiting.length, this.running);
    if (share === 0) return;
    const batch = this.takeBatch(share);
    this.running++;
    void this.store(batch).finally(() => {
      this.running--;
      this.next();
    });
    this.next();
  }

  // One redelivery of the same key per batch: the statement cannot tell two rows of one key apart.
  private takeBatch(size: number): Waiting[] {
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    const keys = new Set<string>();
    for (const one of this.waiting) {
      if (batch.length < size && !keys.has(one.key)) {
        keys.add(one.key);
        batch.push(one);
      } else {
        later.push(one);
      }
    }
    this.waiting = later;
    return batch.sort((a, b) => (a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : 0));
  }

  private async store(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.run(batch);
    } catch (error) {
      if (!REFUSED.test((error as { code?: string }).code ?? '')) return batch.forEach((one) => one.failed(error));
      for (const one of batch) await this.storeAlone(one);
    }
  }

  private async storeAlone(one: Waiting): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.run([one]);
      } catch (error) {
        if (attempt < TRIES && RACE.has((error as { code?: string }).code ?? '')) continue;
        return one.failed(error);
      }
    }
  }

  private async run(batch: readonly Waiting[]): Promise<void> {
    const values = BATCH_COLUMNS.map(([name]) => batch.map((one) => one.row[name]));
    const began = performance.now();
    const rows = await this.database.query<{ message_id: string; conversation_id: string }>({
      name: 'receive-batch',
      text: RECEIVE_BATCH,
      values,
    });
    this.pace.took(performance.now() - began, batch.length, this.running);
    const stored = new Map(rows.map((row) => [row.message_id, row.conversation_id]));
    if (rows.length > 0) this.wakeups.wake('outbox');
    for (const one of batch) {
      const messageId = one.row.message_id as string;
      const conversationId = stored.get(messageId) ?? null;
      one.done({ duplicate: conversationId === null, messageId, conversationId });
    }
  }

  private toRow(inbox: InboxFacts, message: InboundMessage, raw: RawDelivery): Row {
    const at = raw.receivedAt;
    const sealed = this.seal.seal(raw.body);
    const { wording, kinds, original } = maskWording({ text: withoutNul(message.text) });
    const words = original === undefined ? undefined : this.seal.seal(Buffer.from(original, 'utf8'));
    const facts = noteMasked(message.facts, kinds);
    return {
      message_id: newId(at),
      raw_id: newId(at),
      inbox_id: inbox.id,
      external_id: withoutNul(message.key),
      door: raw.door,
      raw_key_id: sealed.keyId,
      raw_sealed: sealed.sealed,
      received_at: at,
      occurred_at: occurredAt(message.occurredAt, at),
      scheme: message.from.scheme,
      scope: message.from.scope,
      value: withoutNul(message.from.value),
      from_name: message.from.name ? withoutNul(message.from.name) : null,
      new_address_id: newId(at),
      new_contact_id: newId(at),
      new_conversation_id: newId(at),
      line: withoutNul(message.to),
      channel: inbox.kind,
      brand_id: inbox.brandId,
      team_id: inbox.teamId,
      language: message.language ?? languageOfText(message.text) ?? null,
      text: wording.text,
      preview: previewOf(wording.text),
      facts: facts ? JSON.stringify(facts).replaceAll('\\u0000', '\\ufffd') : null,
      words_key_id: words?.keyId ?? null,
      words_sealed: words?.sealed ?? null,
      event_id: newId(at),
    };
  }
}

// PostgreSQL refuses U+0000 in text; the raw body keeps it.
const withoutNul = (text: string): string => text.replaceAll('\u0000', '\uFFFD');
