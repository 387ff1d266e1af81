import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Database } from '@claimline/database';
import { openTestDatabase } from '@claimline/database/testing';
import { Accounts, ApiKeys, Brands, Sessions } from '@claimline/people';
import type { Role } from '@claimline/protocol';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { readConfig } from '../../config';
import { startHub, type RunningHub } from '../../hub';
import { SESSION_COOKIE } from '../principal';
import { ROUTES } from '../server';

/** The hub as `main.ts` starts it, outside demo, serving HTTP and sockets over a database of its own. */
export interface ServedHub {
  readonly hub: RunningHub;
  readonly url: string;
  /** Every route as Fastify knows it, `METHOD /path`, without the HEAD that comes with each GET. */
  readonly routes: readonly string[];
  /** The cookie of somebody who has just signed in. */
  cookieOf(role: Role): Promise<string>;
  keyOf(role: Role): Promise<string>;
  close(): Promise<void>;
}

/** `over`: settings of the environment that stand before those of every test. */
export async function serveHub(over: Readonly<Record<string, string>> = {}): Promise<ServedHub> {
  const test = await openTestDatabase();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'claimline-served-'));
  const config = readConfig({
    DATABASE_URL: test.url,
    HUB_SECRET: 'a-secret-that-is-only-for-tests-0123456789',
    HUB_ROLE: 'web',
    HUB_FILES: folder,
    PORT: '0',
    SMTP_PORT: '0',
    ...over,
  });
  const hub = await startHub(config, pino({ level: 'silent' }));
  const server = hub.app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const database = hub.app.get(Database);
  await new Brands().make(database, { key: 'test', name: 'Test', language: 'en', timeZone: 'UTC' }, new Date());
  let people = 0;
  return {
    hub,
    url: `http://localhost:${hub.port}`,
    routes: [...ROUTES.get(server)!].filter((route) => !route.startsWith('HEAD ')).sort(),
    async cookieOf(role) {
      const now = new Date();
      const account = { email: `p${++people}@example.test`, name: `Person ${people}`, passwordHash: 'x', role };
      const { token } = await hub.app.get(Sessions).open(database, await hub.app.get(Accounts).make(database, account, now), now);
      return `${SESSION_COOKIE}=${token}`;
    },
    async keyOf(role) {
      return (await hub.app.get(ApiKeys).make(database, { name: `Key ${++people}`, role }, new Date())).key;
    },
    async close() {
      await hub.stop();
      await test.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
