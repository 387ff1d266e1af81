import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NestFactory, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SIMULATORS, SimulatorServer, type SimulatedLine, type Simulator } from '@claimline/channels/simulators';
import { Database, newId, Seal, Wakeups, type Clock } from '@claimline/database';
import { openTestDatabase, type TestDatabase } from '@claimline/database/testing';
import { Inboxes } from '@claimline/delivery';
import { Accounts, Sessions } from '@claimline/people';
import type { Role } from '@claimline/protocol';
import type { FastifyInstance } from 'fastify';
import { ZodValidationPipe } from 'nestjs-zod';
import { AppModule } from '../../app.module';
import { readConfig, type Config } from '../../config';
import { IdempotencyInterceptor } from '../../http/idempotency';
import { Authenticator, SESSION_COOKIE } from '../../http/principal';
import { PrincipalGuard } from '../../http/principal.guard';
import { ProblemFilter } from '../../http/problem.filter';
import { makeServer } from '../../http/server';
import { PublicUrl } from '../../platform/public-url';
import { InboundDesk } from '../inbound-desk';
import { MailListener } from '../mail-listener';
import { OpenInboxes } from '../open-inboxes';
import { webhooks } from '../webhooks.plugin';

export const AT = new Date('2026-11-22T08:00:00Z');
const SECRET = 'a-secret-that-is-only-for-tests-0123456789';

/** A whole hub as the outside world meets it: real database, HTTP and SMTP, and Twilio in a box. Its workers do not run; a test does what they would. */
export interface OutsideHub {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly smtpPort: number;
  readonly database: Database;
  readonly test: TestDatabase;
  readonly clock: Clock & { pass(ms: number): Date };
  readonly config: Config;
  readonly twilio: Simulator;
  readonly line: SimulatedLine;
  /** WeChat in a box; its line is made on demand. */
  readonly wechat: { readonly simulator: Simulator; connect(): Promise<SimulatedLine> };
  readonly brandId: string;
  /** What was logged, as JSON text. */
  readonly logged: string[];
  sql<Row extends object = any>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  mailbox(address: string, config?: object): Promise<string>;
  /** A signed-in person's cookie and id. */
  person(role: Role, rights?: { groups?: string[]; brands?: string[] }): Promise<{ id: string; cookie: string }>;
  ask(cookie: string | null, method: string, path: string, over?: { headers?: Record<string, string>; body?: any }): Promise<Response>;
  close(): Promise<void>;
}

export async function openOutsideHub(): Promise<OutsideHub> {
  const test = await openTestDatabase();
  const database = await Database.open({ url: test.url });
  const wakeups = new Wakeups(database, test.url);
  const folder = await mkdtemp(path.join(tmpdir(), 'claimline-outside-'));
  let now = AT;
  const clock = { now: () => now, pass: (ms: number) => (now = new Date(now.getTime() + ms)) };
  const config = readConfig({
    DATABASE_URL: test.url,
    HUB_SECRET: SECRET,
    HUB_ALLOW_PRIVATE: 'true',
    HUB_DEMO: 'false',
    HUB_FILES: folder,
    SMTP_PORT: '0',
    PORT: '0',
  });
  const logged: string[] = [];
  const note = (facts: object, message: string): void => void logged.push(JSON.stringify({ ...facts, message }));
  const log = { info: note, warn: note, error: note };
  const box = await SimulatorServer.start({
    kinds: { 'twilio-sms': SIMULATORS['twilio-sms']!, wechat: SIMULATORS['wechat']! },
    received: () => undefined,
    now: () => now,
    keepAlive: false,
  });
  const twilio = box.simulators.get('twilio-sms')!;

  const adapter = await makeServer(config);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.over({ config, database, wakeups, seal: new Seal([SECRET]), clock, log }),
    adapter,
    { logger: ['error'], abortOnError: false },
  );
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalGuards(new PrincipalGuard(app.get(Reflector), app.get(Authenticator)));
  app.useGlobalPipes(new ZodValidationPipe());
  app.useGlobalInterceptors(new IdempotencyInterceptor(database, clock, app.get(Seal)));
  await webhooks(adapter.getInstance() as unknown as FastifyInstance, {
    clock,
    inboxes: app.get(OpenInboxes),
    desk: app.get(InboundDesk),
    publicUrl: undefined,
  });
  await app.listen(0, '127.0.0.1');
  app.get(PublicUrl).listensOn((app.getHttpServer().address() as AddressInfo).port);
  const url = app.get(PublicUrl).get();

  const sql = <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    database.query<Row>({ name: '', text, values });
  const brandId = newId(AT);
  await sql(
    `INSERT INTO brands (id, key, name, default_language, time_zone, created_at) VALUES ($1, 'demo', 'Demo', 'zh-CN', 'Asia/Shanghai', $2)`,
    [brandId, AT],
  );
  const make = (kind: string, address: string, settings: { config: object; secrets: object }) =>
    database.transaction(
      async (tx) =>
        (await app.get(Inboxes).make(tx, {
          kind,
          name: address,
          address,
          region: 'US',
          brandId,
          config: { ...settings.config },
          secrets: { ...settings.secrets },
          at: clock.now(),
        }))!.id,
    );
  const line = async (kind: string, address: string): Promise<SimulatedLine> => {
    const simulator = box.simulators.get(kind)!;
    const settings = simulator.newLine(address);
    const inboxId = await make(kind, address, settings);
    const made: SimulatedLine = { inboxId, kind, address, webhookUrl: `${url}/webhooks/${inboxId}`, ...settings };
    await simulator.connect(made);
    return made;
  };
  const sms = await line('twilio-sms', '+15550100100');

  let people = 0;
  return {
    app,
    url,
    database,
    test,
    clock,
    config,
    twilio,
    line: sms,
    wechat: { simulator: box.simulators.get('wechat')!, connect: () => line('wechat', 'wx0123456789abcdef') },
    brandId,
    logged,
    sql: sql as OutsideHub['sql'],
    smtpPort: app.get(MailListener).port,
    mailbox: (address, over = {}) =>
      make('email', address, {
        config: { address, displayName: '', smtp: { host: '127.0.0.1', port: 9, secure: false, user: '', timeoutSeconds: 5 }, ...over },
        secrets: { smtpPassword: '', imapPassword: '' },
      }),
    async person(role, rights = {}) {
      const id = await app
        .get(Accounts)
        .make(database, { email: `p${++people}@demo.test`, name: `Person ${people}`, passwordHash: 'x', role }, AT);
      if (rights.groups || rights.brands)
        await sql('UPDATE accounts SET groups = $2, brand_ids = $3 WHERE id = $1', [id, rights.groups ?? [], rights.brands ?? []]);
      const { token } = await app.get(Sessions).open(database, id, new Date());
      return { id, cookie: `${SESSION_COOKIE}=${token}` };
    },
    ask: (cookie, method, where, { headers = {}, body } = {}) =>
      fetch(url + where, {
        method,
        headers: { origin: url, 'x-requested-with': 'test', connection: 'close', ...(cookie && { cookie }), ...headers },
        body,
      }),
    async close() {
      await box.close();
      await app.close();
      await wakeups.close();
      await database.close();
      await test.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
