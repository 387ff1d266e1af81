import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Global, Module, type InjectionToken } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SIMULATORS, SimulatorServer, type OutboxEntry, type SimulatedLine, type Simulator } from '@claimline/channels/simulators';
import { Contacts, Conversations, Journal, Receiver, Threads } from '@claimline/conversations';
import { Database, newId, Outbox, Seal, Wakeups, type Clock } from '@claimline/database';
import { openTestDatabase } from '@claimline/database/testing';
import { ConsentCheck, Deliveries, Inboxes, RecipientHours, type DeliveryRow, type NewDelivery } from '@claimline/delivery';
import { tel } from '@claimline/messages';
import { Audit, Settings } from '@claimline/people';
import { Tasks, TaskStore } from '@claimline/quality';
import type { FastifyInstance } from 'fastify';
import { ZodValidationPipe } from 'nestjs-zod';
import { readConfig } from '../../config';
import { HandlingRules } from '../../complaints/handling-rules';
import { Outlets } from '../../conversations/outlets';
import { MessageFiles, ReceiveMessage } from '../../flows/receive-message';
import { RecordDelivery } from '../../flows/record-delivery';
import { RecordReports } from '../../flows/record-reports';
import { CarrierOptOuts, type CarrierOptOut } from '../../flows/settle-delivery';
import { Authenticator, type Principal } from '../../http/principal';
import { PrincipalGuard } from '../../http/principal.guard';
import { ProblemFilter } from '../../http/problem.filter';
import { makeServer } from '../../http/server';
import { InboundDesk, type EventHandlers } from '../../inbound/inbound-desk';
import { OpenInboxes } from '../../inbound/open-inboxes';
import { webhooks } from '../../inbound/webhooks.plugin';
import { plain } from '../../platform/plain';
import { PlatformModule } from '../../platform/platform.module';
import { PublicUrl } from '../../platform/public-url';
import { BrandView } from '../../views/brand.view';
import { PartyClaims } from '../../views/party-claims.view';
import { VisitorPush } from '../channel-opener';
import { DeliveryModule } from '../delivery.module';
import { OutgoingFiles } from '../message-content';

export const AT = new Date('2026-11-22T08:00:00Z');
const LINE = '+15550100100';

/** What the rooms around delivery say; a test sets it. */
export interface Surroundings {
  consent: 'granted' | 'opted-out' | 'unknown';
  quietUntil: Date | null;
  readonly optedOut: CarrierOptOut[];
  principal: Principal | undefined;
}

/** The delivery part of the hub, served over HTTP, with a real database and Twilio in a box. */
export interface DeliveryHub {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly database: Database;
  readonly clock: Clock & { pass(ms: number): Date };
  readonly around: Surroundings;
  readonly twilio: Simulator;
  readonly phone: OutboxEntry[];
  readonly inboxId: string;
  readonly line: SimulatedLine;
  readonly brandId: string;
  conversation(phone?: string): Promise<{ id: string; addressId: string }>;
  /** A message of ours on its way to a phone. */
  send(over?: Partial<NewDelivery> & { text?: string; phone?: string }): Promise<DeliveryRow>;
  state(id: string): Promise<DeliveryRow>;
  /** The events of a delivery, in order, as `state reason`. */
  told(deliveryId: string): Promise<string[]>;
  close(): Promise<void>;
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export async function openDeliveryHub(): Promise<DeliveryHub> {
  const test = await openTestDatabase();
  const database = await Database.open({ url: test.url });
  const wakeups = new Wakeups(database, test.url);
  let now = AT;
  const clock = { now: () => now, pass: (ms: number) => (now = new Date(now.getTime() + ms)) };
  const config = readConfig({
    DATABASE_URL: test.url,
    HUB_SECRET: 'a-secret-that-is-only-for-tests-0123456789',
    HUB_ALLOW_PRIVATE: 'true',
    HUB_DEMO: 'false',
  });
  const seal = new Seal(config.secrets);
  const around: Surroundings = { consent: 'unknown', quietUntil: null, optedOut: [], principal: undefined };
  const phone: OutboxEntry[] = [];
  const box = await SimulatorServer.start({
    kinds: { 'twilio-sms': SIMULATORS['twilio-sms']! },
    received: (entry) => phone.push(entry),
    now: () => now,
    keepAlive: false,
  });
  const twilio = box.simulators.get('twilio-sms')!;

  const adapter = await makeServer(config);
  const root = {
    module: class TestModule {},
    imports: [PlatformModule.over({ config, database, wakeups, seal, clock, log: silent }), surroundings(around), DeliveryModule],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { logger: ['error'], abortOnError: false });
  app.useGlobalFilters(new ProblemFilter(silent));
  app.useGlobalGuards(new PrincipalGuard(app.get(Reflector), app.get(Authenticator)));
  app.useGlobalPipes(new ZodValidationPipe());
  await webhooks(adapter.getInstance() as unknown as FastifyInstance, {
    clock,
    inboxes: app.get(OpenInboxes),
    desk: app.get(InboundDesk),
    publicUrl: undefined,
  });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  app.get(PublicUrl).listensOn(port);
  const url = app.get(PublicUrl).get();

  const brandId = newId(AT);
  const run = (name: string, text: string, values: unknown[]) => database.query<Record<string, unknown>>({ name, text, values });
  await run(
    'test-brand',
    `INSERT INTO brands (id, key, name, default_language, time_zone, created_at) VALUES ($1, 'demo', 'Demo', 'en', 'Asia/Shanghai', $2)`,
    [brandId, AT],
  );
  const settings = twilio.newLine(LINE);
  const inbox = await database.transaction((tx) =>
    app.get(Inboxes).make(tx, { kind: 'twilio-sms', name: 'SMS', address: LINE, region: 'US', brandId, ...settings, at: AT }),
  );
  const line: SimulatedLine = {
    inboxId: inbox!.id,
    kind: 'twilio-sms',
    address: LINE,
    webhookUrl: `${url}/webhooks/${inbox!.id}`,
    ...settings,
  };
  await twilio.connect(line);

  let people = 0;
  const conversation = async (value = `+1555020${String(++people).padStart(4, '0')}`): Promise<{ id: string; addressId: string }> => {
    return database.transaction(async (tx) => {
      const sender = await app.get(Contacts).senderOf(tx, tel(value), now);
      const { id } = await app.get(Conversations).openFor(tx, {
        contactId: sender.contactId,
        brandId,
        teamId: null,
        channel: 'twilio-sms',
        inboxId: inbox!.id,
        addressId: sender.addressId,
        at: now,
      });
      return { id, addressId: sender.addressId };
    });
  };

  return {
    app,
    url,
    database,
    clock,
    around,
    twilio,
    phone,
    inboxId: inbox!.id,
    line,
    brandId,
    conversation,
    async send(over = {}) {
      const { text = 'Your estimate is ready.', phone: to = `+1555030${String(++people).padStart(4, '0')}`, ...delivery } = over;
      const place = await conversation(to);
      const at = clock.pass(1);
      return database.transaction(async (tx) => {
        const messageId = newId(at);
        await app.get(Threads).append(tx, {
          id: messageId,
          conversationId: place.id,
          direction: 'outbound',
          kind: 'text',
          channel: 'twilio-sms',
          inboxId: inbox!.id,
          to: [to],
          cc: [],
          text,
          occurredAt: at,
          receivedAt: at,
        });
        return app.get(Deliveries).enqueue(tx, {
          messageId,
          conversationId: place.id,
          inboxId: inbox!.id,
          channel: 'twilio-sms',
          to: { value: to, addressId: place.addressId },
          purpose: 'reply',
          ...delivery,
          at,
        });
      });
    },
    state: async (id) => (await app.get(Deliveries).find(database, id))!,
    async told(deliveryId) {
      const rows = await run(
        'told',
        `SELECT payload->>'state' AS state, payload->>'reason' AS reason FROM outbox WHERE type = 'delivery.changed' AND payload->>'deliveryId' = $1 ORDER BY n`,
        [deliveryId],
      );
      return rows.map(({ state, reason }) => (reason ? `${String(state)} ${String(reason)}` : String(state)));
    },
    async close() {
      await app.close();
      await box.close();
      await wakeups.close();
      await database.close();
      await test.close();
    },
  };
}

/** The modules beside: real rooms of conversations, and the words of those that have no room here as the test sets them. */
function surroundings(around: Surroundings) {
  const says = <Asked>(asked: { readonly prototype: Asked }, answers: Asked) => ({ provide: asked as InjectionToken, useValue: answers });
  const desk = {
    provide: InboundDesk,
    useFactory: (...given: unknown[]) => {
      const [database, journal, receiver, inboxes, outbox, record, receive, receipts] = given as [
        Database,
        Journal,
        Receiver,
        OpenInboxes,
        Outbox,
        RecordDelivery,
        ReceiveMessage,
        RecordReports,
      ];
      const no = () => Promise.reject(new Error('not part of this test'));
      const events: EventHandlers = {
        delivery: (tx, event) => record.onDelivery(tx, event),
        read: (tx, event) => record.onRead(tx, event),
        bounce: (tx, event) => record.onBounce(tx, event),
        message: (tx, { inbox, event, rawId, receivedAt }) => receive.receive(tx, { inbox, message: event, rawId, receivedAt }),
        call: no,
        'opt-out': no,
        'opt-in': no,
      };
      const clock = { now: () => AT };
      return new InboundDesk(database, journal, receiver, inboxes, outbox, clock, silent, {
        events,
        typing: no,
        shelf: { prepare: () => Promise.resolve(), shelve: (raw) => Promise.resolve(raw) },
        receipts: (receipt) => receipts.take(receipt),
      });
    },
    inject: [Database, Journal, Receiver, OpenInboxes, Outbox, RecordDelivery, ReceiveMessage, RecordReports],
  };
  const providers = [
    plain(Journal, Seal),
    plain(Receiver, Database, Seal, Wakeups),
    plain(Contacts),
    plain(Conversations),
    plain(Threads, Seal),
    plain(Audit),
    plain(BrandView, Database),
    plain(Settings),
    plain(HandlingRules, Settings),
    plain(Outlets, OpenInboxes, Contacts, HandlingRules),
    plain(TaskStore),
    plain(Tasks, TaskStore, Outbox),
    plain(PartyClaims),
    plain(ReceiveMessage, Journal, Contacts, Conversations, Threads, MessageFiles, PartyClaims, Outbox),
    says(MessageFiles, { attach: () => Promise.resolve() }),
    desk,
    says(ConsentCheck, { stateOf: () => Promise.resolve(around.consent) }),
    says(RecipientHours, { quietUntil: () => Promise.resolve(around.quietUntil) }),
    says(CarrierOptOuts, { record: (_, said) => Promise.resolve(void around.optedOut.push(said)) }),
    says(VisitorPush, { push: () => Promise.resolve() }),
    says(OutgoingFiles, { open: () => Promise.reject(new Error('no files here')), link: (id) => `https://files.example.test/${id}` }),
    says(Authenticator, { bySession: () => Promise.resolve(around.principal), byApiKey: () => Promise.resolve(around.principal) }),
  ];

  @Global()
  @Module({ providers, exports: providers.map((provider) => provider.provide) })
  class SurroundingsModule {}
  return SurroundingsModule;
}

/** Waits until something is so. */
export async function until(isSo: () => Promise<boolean> | boolean, milliseconds = 8000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('it never came to be');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
