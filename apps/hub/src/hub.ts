import path from 'node:path';
import { NestFactory, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database, type Clock } from '@claimline/database';
import type { FastifyInstance } from 'fastify';
import { ZodValidationPipe } from 'nestjs-zod';
import type { Logger } from 'pino';
import { AppModule } from './app.module';
import { assembleWorkers } from './assemble-workers';
import type { Config } from './config';
import { Demo } from './demo/demo';
import type { SandboxProcess } from './demo/sandbox-process';
import { IdempotencyInterceptor } from './http/idempotency';
import { serveContract } from './http/openapi';
import { pages } from './http/pages.plugin';
import { Authenticator } from './http/principal';
import { PrincipalGuard } from './http/principal.guard';
import { ProblemFilter } from './http/problem.filter';
import { letGo, makeServer } from './http/server';
import { InboundDesk } from './inbound/inbound-desk';
import { MailListener } from './inbound/mail-listener';
import { OpenInboxes } from './inbound/open-inboxes';
import { webhooks } from './inbound/webhooks.plugin';
import { timeRequests } from './operations/request-times';
import { Startup } from './operations/startup';
import { headStart, type HeadStart } from './platform/head-start';
import { openPlatform, type OpenPlatform } from './platform/open-platform';
import { PublicUrl } from './platform/public-url';
import { HubSocketAdapter } from './realtime/socket-adapter';
import { LogTail } from './realtime/log-tail';

/** The hub while it runs. */
export interface RunningHub {
  readonly port: number;
  readonly app: NestFastifyApplication;
  /** What the person who started a demo reads: addresses and sign-ins. */
  readonly welcome: string | undefined;
  /** Loses nothing: no new requests, running ones end, workers finish what they hold, then the database. */
  stop(): Promise<void>;
}

const VERSION = '0.1.0';
const BUILT = path.resolve(__dirname, '..', '..');

/** Starts the hub in the roles that the configuration names, and resolves when it serves. `begun` is what was started before this module was loaded. */
export async function startHub(config: Config, log: Logger, begun?: HeadStart): Promise<RunningHub> {
  const { postgres, sandbox } = begun ?? (await headStart(config, log));
  const platform = await orStop(sandbox, openPlatform(config, log, postgres));
  const demo = sandbox ? await prepareDemo(platform, sandbox) : undefined;
  const app = await makeApp(platform, demo);
  const tailing = new AbortController();
  const tail = app.get(LogTail).run(tailing.signal);
  await app.listen(config.role === 'worker' ? { port: 0, host: '127.0.0.1' } : { port: config.port, host: config.host });
  const port = (app.getHttpServer().address() as { port: number }).port;
  app.get(PublicUrl).listensOn(port);
  const welcome = await demo?.open({ url: app.get(PublicUrl).get(), smtpPort: app.get(MailListener).port });
  const workers = config.role === 'web' ? undefined : assembleWorkers(app, platform);
  // Last: their first rounds load what vendors are asked with, and nobody who waits for the hub waits for that.
  await workers?.start();
  app.get(Startup).done = true;
  log.info({ port, role: config.role }, 'the hub serves');
  return {
    port,
    app,
    welcome,
    async stop() {
      log.info({}, 'the hub stops');
      app.get(Startup).done = false;
      letGo(app.getHttpAdapter().getInstance() as unknown as FastifyInstance);
      await workers?.stop();
      tailing.abort();
      await tail;
      await app.close();
      await demo?.stop();
      await platform.close();
    },
  };
}

// A demo that may not be leaves nothing running behind it.
async function prepareDemo(platform: OpenPlatform, sandbox: Promise<SandboxProcess>): Promise<Demo> {
  try {
    return await orStop(sandbox, Demo.prepare(platform, sandbox));
  } catch (error) {
    await platform.close();
    throw error;
  }
}

async function orStop<T>(starting: Promise<SandboxProcess> | undefined, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await starting?.then((sandbox) => sandbox.stop()).catch(() => undefined);
    throw error;
  }
}

// Consoles show clocks by the hub's time, which the demo shifts: they read it from every answer.
function tellTime(server: FastifyInstance, clock: Clock): void {
  server.addHook('onSend', (_, reply, payload, done) => {
    void reply.header('date', clock.now().toUTCString());
    done(null, payload);
  });
}

async function makeApp(platform: OpenPlatform, demo: Demo | undefined): Promise<NestFastifyApplication> {
  const { config, log, clock, database } = platform;
  const adapter = await makeServer(config);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(platform), adapter, {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalGuards(new PrincipalGuard(app.get(Reflector), app.get(Authenticator)));
  app.useGlobalPipes(new ZodValidationPipe());
  app.useGlobalInterceptors(new IdempotencyInterceptor(app.get(Database), clock, platform.seal));
  app.useWebSocketAdapter(new HubSocketAdapter(app, database, log));
  const server = adapter.getInstance() as unknown as FastifyInstance;
  timeRequests(server);
  tellTime(server, clock);
  await webhooks(server, { clock, inboxes: app.get(OpenInboxes), desk: app.get(InboundDesk), publicUrl: config.publicUrl });
  await demo?.serve(server, path.join(BUILT, 'customer-web', 'demo'));
  await pages(server, { console: path.join(BUILT, 'agent-console'), customer: path.join(BUILT, 'customer-web') });
  serveContract(app, VERSION);
  await app.init();
  return app;
}
