import { Database, newId, Seal, Wakeups } from '@claimline/database';
import { openTestDatabase } from '@claimline/database/testing';
import type { InboundMessage } from '@claimline/messages';
import { tel } from '@claimline/messages';
import type { InboxFacts, RawDelivery } from '../inbound/inbox-facts';

export const AT = new Date('2026-11-22T08:00:00Z');

/** A database with one brand, one inbox's facts and what a repository wants. */
export interface Ground {
  readonly database: Database;
  readonly wakeups: Wakeups;
  readonly seal: Seal;
  readonly inbox: InboxFacts;
  close(): Promise<void>;
}

export async function openGround(): Promise<Ground> {
  const test = await openTestDatabase();
  const database = await Database.open({ url: test.url });
  const wakeups = new Wakeups(database, test.url);
  const brandId = newId(AT);
  await database.query({
    name: 'test-brand',
    text: `INSERT INTO brands (id, key, name, default_language, time_zone, created_at) VALUES ($1, 'demo', 'Demo', 'zh-CN', 'Asia/Shanghai', $2)`,
    values: [brandId, AT],
  });
  return {
    database,
    wakeups,
    seal: new Seal(['a-secret-that-is-only-for-tests-0123456789']),
    inbox: { id: newId(AT), kind: 'twilio-sms', brandId, teamId: null },
    async close() {
      await wakeups.close();
      await database.close();
      await test.close();
    },
  };
}

/** An SMS with defaults for everything. */
export function sms(over: Partial<InboundMessage> = {}): InboundMessage {
  return {
    kind: 'message',
    key: `SM${newId(AT)}`,
    to: '+15550100100',
    from: tel('+15550101001'),
    text: 'is the estimate there?',
    media: [],
    ...over,
  };
}

export function rawDelivery(over: Partial<RawDelivery> = {}): RawDelivery {
  return { door: 'webhook', body: Buffer.from('Body=…'), receivedAt: AT, ...over };
}
