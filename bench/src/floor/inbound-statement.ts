import { randomUUID } from 'node:crypto';
import { BATCH_COLUMNS, RECEIVE_BATCH, type BatchColumn } from '@claimline/conversations/testing';
import { newId } from '@claimline/database';
import { sender } from '../ground/signed-sms';

/** Where a message of the bench arrives. */
export interface Place {
  readonly inboxId: string;
  readonly brandId: string;
  readonly line: string;
}

/**
 * What the hub runs for its inbound messages, word for word, here with one message per statement; only the name of the event differs, so that nobody follows up
 * on it and the floor is not slowed by work that a bare server would not do. Taken from the hub, not copied: the floor cannot fall behind it.
 */
export const INBOUND = RECEIVE_BATCH.replace(`'message.received'`, `'bench.received'`);

/** The statement's parameters for the n-th message of the bench: each an array of one. */
export function inboundValues({ inboxId, brandId, line }: Place, n: number): unknown[][] {
  const at = new Date();
  const text = `bench message ${n}`;
  const row: Record<BatchColumn, unknown> = {
    message_id: newId(at),
    raw_id: newId(at),
    inbox_id: inboxId,
    external_id: `SM${randomUUID().replaceAll('-', '')}`,
    door: 'webhook',
    raw_key_id: 'bench',
    raw_sealed: Buffer.alloc(RAW_BYTES, n),
    received_at: at,
    occurred_at: at,
    scheme: 'tel',
    scope: '',
    value: sender(n),
    from_name: null,
    new_address_id: newId(at),
    new_contact_id: newId(at),
    new_conversation_id: newId(at),
    line,
    channel: 'twilio-sms',
    brand_id: brandId,
    team_id: null,
    language: 'en',
    text,
    preview: text,
    facts: '{"NumSegments":"1"}',
    words_key_id: null,
    words_sealed: null,
    event_id: newId(at),
  };
  return BATCH_COLUMNS.map(([name]) => [row[name]]);
}

/** About what a signed form takes in the journal. */
export const RAW_BYTES = 420;
