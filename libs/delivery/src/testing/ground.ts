import { randomUUID } from 'node:crypto';
import { Database, newId, Seal, Wakeups, type Clock } from '@claimline/database';
import { openTestDatabase } from '@claimline/database/testing';
import { Deliveries, type NewDelivery } from '../delivery/deliveries.repository';
import type { DeliveryRow } from '../delivery/delivery';
import { SendingQueue } from '../delivery/sending-queue';
import { Circuits } from '../inbox/circuits.repository';
import { Inboxes } from '../inbox/inboxes.repository';

export const AT = new Date('2026-11-22T08:00:00Z');

/** A clock that a test moves. */
export class TestClock implements Clock {
  constructor(private at = AT) {}

  now(): Date {
    return this.at;
  }

  pass(milliseconds: number): Date {
    return (this.at = new Date(this.at.getTime() + milliseconds));
  }
}

/** A database with a brand and what the room's services want. */
export interface Ground {
  readonly database: Database;
  readonly wakeups: Wakeups;
  readonly deliveries: Deliveries;
  readonly inboxes: Inboxes;
  readonly circuits: Circuits;
  readonly queue: SendingQueue;
  readonly clock: TestClock;
  readonly brandId: string;
  inbox(over?: { sendsPerSecond?: number }): Promise<string>;
  conversation(): Promise<string>;
  /** A message and its delivery. */
  delivery(over: Partial<NewDelivery> & { inboxId: string }): Promise<DeliveryRow>;
  state(id: string): Promise<DeliveryRow>;
  close(): Promise<void>;
}

export async function openGround(): Promise<Ground> {
  const test = await openTestDatabase();
  const database = await Database.open({ url: test.url });
  const wakeups = new Wakeups(database, test.url);
  const deliveries = new Deliveries(wakeups);
  const inboxes = new Inboxes(new Seal(['a-secret-that-is-only-for-tests-0123456789']), wakeups);
  const circuits = new Circuits();
  const clock = new TestClock();
  const brandId = newId(AT);
  const run = (name: string, text: string, values: unknown[]) => database.query<{ id: string }>({ name, text, values });
  await run(
    'test-brand',
    `INSERT INTO brands (id, key, name, default_language, time_zone, created_at) VALUES ($1, 'demo', 'Demo', 'zh-CN', 'Asia/Shanghai', $2)`,
    [brandId, AT],
  );

  async function conversation(): Promise<string> {
    const [contact, id] = [newId(AT), newId(AT)];
    await run('test-contact', `INSERT INTO contacts (id, kind, name, created_at) VALUES ($1, 'person', 'Li', $2)`, [contact, AT]);
    await run(
      'test-conversation',
      `INSERT INTO conversations (id, contact_id, brand_id, channel, last_message_at, opened_at) VALUES ($1, $2, $3, 'twilio-sms', $4, $4)`,
      [id, contact, brandId, AT],
    );
    return id;
  }

  async function message(conversationId: string): Promise<string> {
    const id = newId(AT);
    await run(
      'test-message',
      `INSERT INTO messages (id, conversation_id, seq, direction, kind, channel, text, occurred_at, received_at) VALUES ($1, $2, 1, 'outbound', 'text', 'twilio-sms', 'hello', $3, $3)`,
      [id, conversationId, AT],
    );
    return id;
  }

  return {
    database,
    wakeups,
    deliveries,
    inboxes,
    circuits,
    clock,
    brandId,
    conversation,
    queue: new SendingQueue(database, deliveries, inboxes, circuits, clock),
    async inbox(over = {}) {
      const address = `+1555${randomUUID().slice(0, 7)}`;
      const row = await database.transaction((tx) =>
        inboxes.make(tx, {
          kind: 'twilio-sms',
          name: 'SMS',
          address,
          region: 'US',
          brandId,
          config: {},
          secrets: { authToken: 'x' },
          at: AT,
          ...over,
        }),
      );
      return row!.id;
    },
    async delivery(over) {
      const conversationId = over.conversationId ?? (await conversation());
      const messageId = over.messageId ?? (await message(conversationId));
      const at = over.at ?? clock.pass(1);
      return database.transaction((tx) =>
        deliveries.enqueue(tx, {
          channel: 'twilio-sms',
          to: { value: '+15550101001', addressId: null },
          purpose: 'reply',
          ...over,
          conversationId,
          messageId,
          at,
        }),
      );
    },
    async state(id) {
      return (await deliveries.find(database, id))!;
    },
    async close() {
      await wakeups.close();
      await database.close();
      await test.close();
    },
  };
}
