import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { kindNamed } from '../../delivery/channel-opener';
import { Database, newId } from '@claimline/database';
import { openTestDatabase } from '@claimline/database/testing';
import { Inboxes } from '@claimline/delivery';
import { Adjusters } from '@claimline/routing';
import { Accounts, Brands, Sessions } from '@claimline/people';
import type { Message, Thread, VisitorMessage, VisitorWelcome } from '@claimline/protocol';
import pino from 'pino';
import { io, type Socket } from 'socket.io-client';
import { readConfig } from '../../config';
import { startHub, type RunningHub } from '../../hub';
import { SESSION_COOKIE } from '../../http/principal';

/** The website that shows the chat. */
export const SITE = 'https://www.example.com';
export const IDENTITY_SECRET = 'identity-secret-that-is-only-for-tests-01';

/** Two replicas of the hub over one database, with one chat and one adjuster: the first does everything, the second serves only. */
export interface VisitorHub {
  readonly urls: readonly [string, string];
  readonly database: Database;
  readonly inboxId: string;
  readonly brandId: string;
  /** The REST of the adjuster. */
  call<Body>(method: string, route: string, body?: unknown): Promise<{ status: number; body: Body }>;
  /** The adjuster's console, at the first replica. */
  console(): Socket;
  visitor(options?: VisitorOptions): ChatVisitor;
  thread(conversationId: string): Promise<Message[]>;
  conversationsOf(visitorId: string): Promise<string[]>;
  close(): Promise<void>;
}

export interface VisitorOptions {
  readonly replica?: 0 | 1;
  readonly origin?: string | null;
  readonly auth?: Record<string, unknown>;
  readonly cookie?: string;
}

/** A widget's socket that writes down everything it hears. */
export class ChatVisitor {
  readonly messages: VisitorMessage[] = [];
  readonly typing: { name: string; active: boolean }[] = [];
  readonly read: number[] = [];
  readonly welcome: Promise<VisitorWelcome>;

  constructor(readonly socket: Socket) {
    this.welcome = new Promise((resolve, reject) => {
      socket.once('chat:welcome', resolve);
      socket.once('connect_error', (error) => reject(error));
    });
    this.welcome.catch(() => undefined);
    socket.on('chat:message', (message: VisitorMessage) => this.messages.push(message));
    socket.on('chat:typing', (who: { name: string; active: boolean }) => this.typing.push(who));
    socket.on('chat:read', ({ seq }: { seq: number }) => this.read.push(seq));
  }

  send(text: string, more: Record<string, unknown> = {}): Promise<{ messageId: string; seq: number; error?: string }> {
    return this.socket.timeout(10_000).emitWithAck('chat:send', { clientMsgId: `c-${newId(new Date())}`, text, ...more });
  }

  async resume(lastSeq: number): Promise<VisitorMessage[]> {
    const { messages } = (await this.socket.timeout(10_000).emitWithAck('chat:resume', { lastSeq })) as { messages: VisitorMessage[] };
    return messages;
  }
}

export async function openVisitorHub(): Promise<VisitorHub> {
  const test = await openTestDatabase();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'claimline-visitors-'));
  const start = (role: string): Promise<RunningHub> =>
    startHub(
      readConfig({
        DATABASE_URL: test.url,
        HUB_SECRET: 'a-secret-that-is-only-for-tests-0123456789',
        HUB_ROLE: role,
        HUB_FILES: folder,
        PORT: '0',
        SMTP_PORT: '0',
        HUB_DEMO: 'false',
      }),
      pino({ level: process.env.HUB_TEST_LOG ?? 'silent' }),
    );
  const hubs = [await start('all'), await start('web')] as const;
  const urls = hubs.map(({ port }) => `http://localhost:${port}`) as unknown as [string, string];
  const { app } = hubs[0];
  const database = app.get(Database);
  const now = new Date();
  const brandId = await new Brands().make(database, { key: 'test', name: 'Antu', language: 'en', timeZone: 'UTC' }, now);
  const kind = kindNamed('web-chat')!;
  const config = kind.config.parse({
    site: 'www-example',
    title: 'Antu claims',
    allowedOrigins: [SITE],
    identityVerification: true,
  }) as Record<string, unknown>;
  const inbox = await database.transaction((tx) =>
    app.get(Inboxes).make(tx, {
      kind: 'web-chat',
      name: 'Chat',
      address: 'www-example',
      region: 'US',
      brandId: brandOf(brandId),
      config,
      secrets: { identitySecret: IDENTITY_SECRET },
      at: now,
    }),
  );
  const account = await app
    .get(Accounts)
    .make(database, { email: 'zhang@example.test', name: 'Zhang Lei', passwordHash: 'x', role: 'supervisor' }, now);
  const { token } = await app.get(Sessions).open(database, account, new Date());
  const cookie = `${SESSION_COOKIE}=${token}`;
  // Somebody who can answer is at work: else customers would be told that nobody is.
  const lines = { motor: 5, property: 5, liability: 5, general: 5 };
  await app
    .get(Adjusters)
    .put(database, account, { brandIds: [brandOf(brandId)], lines, languages: { en: 5, 'zh-CN': 5 }, licences: { US: null } });
  await app.get(Adjusters).beat(database, { accountIds: [account], hub: 'desk', seconds: 600, now });
  const sockets: Socket[] = [];
  const open = (url: string, headers: Record<string, string>, auth: object = {}): Socket => {
    const socket = io(url, { transports: ['websocket'], extraHeaders: headers, auth, reconnection: false, forceNew: true });
    sockets.push(socket);
    return socket;
  };
  const call = async <Body>(method: string, route: string, body?: unknown): Promise<{ status: number; body: Body }> => {
    const response = await fetch(urls[0] + route, {
      method,
      headers: { cookie, origin: urls[0], ...(body !== undefined && { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as Body };
  };
  return {
    urls,
    database,
    inboxId: inbox!.id,
    brandId: brandOf(brandId),
    call,
    console: () => open(`${urls[0]}/console`, { cookie, origin: urls[0] }),
    visitor({ replica = 0, origin = SITE, auth = {}, cookie: theirs } = {}) {
      return new ChatVisitor(
        open(
          `${urls[replica]}/visitor`,
          { ...(origin !== null && { origin }), ...(theirs && { cookie: theirs }) },
          { inbox: inbox!.id, ...auth },
        ),
      );
    },
    thread: async (id) => (await call<Thread>('GET', `/api/conversations/${id}/messages`)).body.items as Message[],
    async conversationsOf(visitorId) {
      const rows = await database.query<{ id: string }>({
        name: 'test-conversations-of',
        text: `SELECT c.id FROM conversations c JOIN addresses a ON a.contact_id = c.contact_id WHERE a.scheme = 'visitor' AND a.value = $1 ORDER BY c.opened_at, c.id`,
        values: [visitorId],
      });
      return rows.map(({ id }) => id);
    },
    async close() {
      sockets.forEach((socket) => socket.close());
      for (const hub of [...hubs].reverse()) await hub.stop();
      await test.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const brandOf = (made: unknown): string => (typeof made === 'string' ? made : (made as { id: string }).id);

/** Waits until something is so; five seconds unless told. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  milliseconds = 5_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${milliseconds} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
