import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NestFactory, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SIMULATORS, SimulatorServer, type OutboxEntry, type SimulatedLine } from '@claimline/channels/simulators';
import { ConsumerRunner, Database, Leases, newId, Seal, Sequencer, Wakeups } from '@claimline/database';
import { openTestDatabase } from '@claimline/database/testing';
import { Inboxes } from '@claimline/delivery';
import { tel } from '@claimline/messages';
import { Accounts, ApiKeys, Sessions } from '@claimline/people';
import type { FastifyInstance } from 'fastify';
import { ZodValidationPipe } from 'nestjs-zod';
import { AppModule } from '../../app.module';
import { readConfig } from '../../config';
import { Sender } from '../../delivery/sender';
import { PlanNotices } from '../../flows/plan-notices';
import { SweepDeliveries } from '../../flows/sweep-deliveries';
import { Authenticator, SESSION_COOKIE } from '../../http/principal';
import { PrincipalGuard } from '../../http/principal.guard';
import { ProblemFilter } from '../../http/problem.filter';
import { makeServer } from '../../http/server';
import { InboundDesk } from '../../inbound/inbound-desk';
import { OpenInboxes } from '../../inbound/open-inboxes';
import { webhooks } from '../../inbound/webhooks.plugin';
import { PublicUrl } from '../../platform/public-url';
import { consumers } from '../../subscriptions';

// Four in the afternoon in Shanghai.
export const AT = new Date('2026-11-22T08:00:00Z');
const SMS = '+15550100100';
const MAILBOX = 'claims@anhe.example.test';

/** What customers of the test receive, and how they answer. */
export interface Outside {
  readonly received: OutboxEntry[];
  text(from: string, text: string): Promise<void>;
  /** What arrived at an address, as `channel: text`. */
  at(address: string): string[];
  /** Texts to this number are taken and later reported undeliverable; null: no longer. */
  failTexts(to: string | null): void;
}

/** The hub as notices see it: real rooms, a real database, phones and mailboxes in a box. */
export interface NoticesHub {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly database: Database;
  readonly outside: Outside;
  readonly apiKey: string;
  /** Domain time moves on, and what was due then happens. */
  pass(ms: number): Promise<void>;
  /** Runs until nothing more follows from what happened. */
  settle(): Promise<void>;
  get<Answer>(path: string, as?: string): Promise<{ status: number; body: Answer }>;
  post<Answer>(
    path: string,
    body: unknown,
    over?: { headers?: Record<string, string>; as?: string },
  ): Promise<{ status: number; body: Answer; headers: Headers }>;
  /** A signed-in person's cookie. */
  signIn(role: 'adjuster' | 'supervisor' | 'administrator' | 'auditor', externalId?: string): Promise<string>;
  close(): Promise<void>;
}

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Opens it; close it in `afterAll`. */
export async function openNoticesHub(): Promise<NoticesHub> {
  const test = await openTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'notices-hub-'));
  const database = await Database.open({ url: test.url });
  const wakeups = new Wakeups(database, test.url);
  let now = AT;
  const clock = { now: () => now };
  const config = readConfig({
    DATABASE_URL: test.url,
    HUB_SECRET: 'a-secret-that-is-only-for-tests-0123456789',
    HUB_ALLOW_PRIVATE: 'true',
    HUB_DEMO: 'false',
    HUB_DATA: folder,
    SMTP_PORT: '0',
    HUB_FILES: path.join(folder, 'files'),
  });
  const received: OutboxEntry[] = [];
  const box = await SimulatorServer.start({
    kinds: { 'twilio-sms': SIMULATORS['twilio-sms']!, email: SIMULATORS['email']! },
    received: (entry) => received.push(entry),
    now: () => now,
    keepAlive: false,
  });

  const adapter = await makeServer(config);
  const root = AppModule.over({ config, database, wakeups, seal: new Seal(config.secrets), clock, log });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { logger: ['error'], abortOnError: false });
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalGuards(new PrincipalGuard(app.get(Reflector), app.get(Authenticator)));
  app.useGlobalPipes(new ZodValidationPipe());
  await webhooks(adapter.getInstance() as unknown as FastifyInstance, {
    clock,
    inboxes: app.get(OpenInboxes),
    desk: app.get(InboundDesk),
    publicUrl: undefined,
  });
  await app.listen(0, '127.0.0.1');
  app.get(PublicUrl).listensOn((app.getHttpServer().address() as AddressInfo).port);
  const url = app.get(PublicUrl).get();

  const brandId = newId(AT);
  await database.query({
    name: 'test-brand',
    text: `INSERT INTO brands (id, key, name, default_language, time_zone, created_at) VALUES ($1, 'anhe', '安和保险', 'zh-CN', 'Asia/Shanghai', $2)`,
    values: [brandId, AT],
  });
  const lines = new Map<string, SimulatedLine>();
  for (const [kind, address] of [
    ['twilio-sms', SMS],
    ['email', MAILBOX],
  ] as const) {
    const settings = box.simulators.get(kind)!.newLine(address);
    const inbox = await database.transaction((tx) =>
      app.get(Inboxes).make(tx, { kind, name: kind, address, region: 'CN', brandId, ...settings, at: AT }),
    );
    const line: SimulatedLine = { inboxId: inbox!.id, kind, address, webhookUrl: `${url}/webhooks/${inbox!.id}`, ...settings };
    lines.set(kind, line);
    await box.simulators.get(kind)!.connect(line);
  }
  const { key: apiKey } = await app.get(ApiKeys).make(database, { name: 'claim core', role: 'integration' }, AT);

  const stopping = new AbortController();
  const sender = app.get(Sender).run(stopping.signal);
  const deps = {
    database,
    leases: app.get(Leases),
    wakeups,
    clock,
    onParked: (consumer: string, event: { type: string }, error: unknown) =>
      parked.push(`${consumer} ${event.type}: ${error instanceof Error ? error.stack : String(error)}`),
  };
  const parked: string[] = [];
  const runners = consumers(app).map((consumer) => new ConsumerRunner(deps, consumer));
  const step = async (): Promise<number> => {
    let done = await app.get(Sequencer).move();
    for (const runner of runners) done += await runner.step();
    if (parked.length > 0) throw new Error(parked.splice(0).join('\n'));
    const rows = await database.query({
      name: 'test-under-way',
      text: `SELECT 1 FROM deliveries WHERE state = 'sending' OR (state = 'due' AND due_at <= $1) OR (state IN ('accepted', 'sent') AND channel = 'twilio-sms')`,
      values: [now],
    });
    return done + rows.length;
  };

  const settle = async (): Promise<void> => {
    // Receipts come from outside by themselves: it is settled when nothing has happened for a while.
    const end = Date.now() + 15_000;
    for (let quiet = 0; quiet < 5;) {
      if (Date.now() > end)
        throw new Error(
          `it never settled: ${JSON.stringify(await database.query({ name: 'test-stuck', text: 'SELECT channel, state, reason, vendor_code, tries, due_at FROM deliveries WHERE settled_at IS NULL', values: [] }))}`,
        );
      quiet = (await step()) === 0 ? quiet + 1 : 0;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const call = async <Answer>(
    method: string,
    target: string,
    init: RequestInit = {},
  ): Promise<{ status: number; body: Answer; headers: Headers }> => {
    const answer = await fetch(url + target, { method, ...init });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: (text ? JSON.parse(text) : null) as Answer };
  };

  return {
    app,
    url,
    database,
    apiKey,
    settle,
    outside: {
      received,
      text: async (from, text) =>
        void (await box.simulators.get('twilio-sms')!.act(lines.get('twilio-sms')!, { do: 'message', from: tel(from), text })),
      at: (address) => received.filter(({ to }) => to === address).map(({ channel, text }) => `${channel}: ${text}`),
      failTexts: (to) => box.simulators.get('twilio-sms')!.misbehave(to === null ? null : { to, how: 'undeliverable' }),
    },
    async pass(ms) {
      now = new Date(now.getTime() + ms);
      await app.get(PlanNotices).sweep();
      await app.get(SweepDeliveries).sweep(now);
      await settle();
    },
    get: (target, as) => call('GET', target, { headers: as ? { cookie: as } : {} }),
    post: (target, body, over = {}) =>
      call('POST', target, {
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', origin: url, ...(over.as && { cookie: over.as }), ...over.headers },
      }),
    async signIn(role, externalId) {
      const id = await app
        .get(Accounts)
        .make(database, { email: `${newId(now)}@example.test`, name: 'Li Na', passwordHash: '-', role, externalId }, now);
      return `${SESSION_COOKIE}=${(await app.get(Sessions).open(database, id, new Date())).token}`;
    },
    async close() {
      stopping.abort();
      await sender;
      await app.close();
      await box.close();
      await wakeups.close();
      await database.close();
      await test.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
