import { createServer, request as httpRequest, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { Database, Seal, ShiftedClock, Wakeups } from '@claimline/database';
import { openTestDatabase } from '@claimline/database/testing';
import { DemoManifest } from '@claimline/protocol';
import fastify, { type FastifyInstance } from 'fastify';
import { CutNetwork } from './cut-network';
import { manifestOf } from './demo-manifest';
import { demoRoutes } from './demo.plugin';
import { DemoSecrets } from './demo-secrets';
import type { SandboxProcess } from './sandbox-process';
import { shiftedOffset } from './shifted-offset';

/** A sandbox that says what it was asked. */
async function echo(): Promise<{ server: Server; sandbox: SandboxProcess; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((call, response) => {
    let body = '';
    call.setEncoding('utf8');
    call.on('data', (chunk: string) => (body += chunk));
    call.on('end', () => {
      asked.push(`${call.method} ${call.url} ${body}`);
      if (call.url === '/devices/stream')
        return void response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: outbox\ndata: {}\n\n');
      response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end('{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (method: string, route: string, body?: unknown): Promise<unknown> =>
    (await fetch(url + route, { method, body: JSON.stringify(body), headers: { connection: 'close' } })).json();
  return { server, asked, sandbox: { url, ask, stop: async () => undefined } as unknown as SandboxProcess };
}

describe('the routes of the demo', () => {
  let app: FastifyInstance;
  let world: Awaited<ReturnType<typeof echo>>;
  let folder: string;
  let url: string;
  let closeDatabase: () => Promise<void>;
  const clock = new ShiftedClock();
  beforeAll(async () => {
    const opened = await openTestDatabase();
    const database = await Database.open({ url: opened.url });
    closeDatabase = async () => {
      await database.close();
      await opened.close();
    };
    world = await echo();
    folder = await mkdtemp(path.join(os.tmpdir(), 'claimline-pages-'));
    await mkdir(path.join(folder, 'assets'));
    await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>demo</title>');
    await writeFile(path.join(folder, 'assets/demo-12345678.js'), 'export {}');
    app = fastify({ forceCloseConnections: true });
    await app.register(fastifyStatic, { root: folder, serve: false });
    const hub = { url: 'http://localhost:3000', smtpPort: 2525 };
    const manifest = async (): Promise<DemoManifest> =>
      manifestOf({
        hub,
        sandboxUrl: world.sandbox.url,
        lines: [],
        secrets: new DemoSecrets(new Seal(['a secret of thirty-two characters or more'])),
        claims: new Map([['C-chen.xiaoyu', ['CLM-2026-000101']]]),
      });
    await demoRoutes(app, {
      pages: folder,
      clock,
      wakeups: new Wakeups(database, opened.url),
      sandbox: world.sandbox,
      network: new CutNetwork(),
      manifest,
    });
    app.get('/api/anything', async () => ({ ok: true }));
    url = await app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await app.close();
    world.server.closeAllConnections();
    await new Promise<void>((resolve) => world.server.close(() => resolve()));
    await closeDatabase();
    await rm(folder, { recursive: true });
  });

  const post = (route: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url + route, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', connection: 'close', ...headers },
    });
  const get = (route: string): Promise<Response> => fetch(url + route, { headers: { connection: 'close' } });

  test('the manifest is what scripts rely on', async () => {
    const manifest = DemoManifest.parse(await (await get('/demo/manifest.json')).json());
    expect(manifest.customers[0]).toMatchObject({ name: '陈晓雨', language: 'zh-CN', claims: ['CLM-2026-000101'] });
    expect(new Set(manifest.people.map(({ role }) => role))).toEqual(
      new Set(['supervisor', 'administrator', 'auditor', 'adjuster', 'hotline', 'complaints-officer', 'mailroom', 'counter']),
    );
    expect(new Set(manifest.people.map(({ password }) => password)).size).toBe(manifest.people.length);
    expect(manifest.claimEvents.apiKey).toMatch(/^clk_demo_[a-z2-7]{32}$/);
  });

  test('the page and its assets are served, and nothing beside them', async () => {
    expect(await (await get('/demo')).text()).toContain('<title>demo</title>');
    expect((await get('/demo/assets/demo-12345678.js')).headers.get('cache-control')).toContain('immutable');
    const climb = await new Promise<number>((resolve) =>
      httpRequest(
        `${url}/demo/`,
        { path: '/demo/..%2f..%2fpackage.json', agent: false },
        (answer) => (answer.resume(), resolve(answer.statusCode!)),
      ).end(),
    );
    expect(climb).toBe(404);
  });

  test.each([
    [7_200_000, 7_200_000],
    ['+1h', 10_800_000],
    ['-30m', 9_000_000],
    ['2d', 172_800_000],
    [0, 0],
  ])('the clock is shifted by %p, and the vendors with it', async (offset, expected) => {
    expect(await (await post('/demo/clock', { offset })).json()).toMatchObject({ offset: expected });
    expect(clock.now().getTime() - Date.now()).toBeLessThanOrEqual(expected);
    expect(world.asked.at(-1)).toBe(`POST /clock {"offset":${expected}}`);
  });

  test('what is no time is refused with the field', async () => {
    const answer = await post('/demo/clock', { offset: 'tomorrow' });
    expect([answer.status, ((await answer.json()) as any).fields[0].path]).toEqual([422, 'offset']);
  });

  test('the page reaches the phones of the sandbox, and not its lines', async () => {
    expect((await get('/demo/sandbox/outbox?to=%2B1')).status).toBe(200);
    expect(world.asked.at(-1)).toBe('GET /outbox?to=%2B1 ');
    expect((await post('/demo/sandbox/act', { kind: 'wechat', action: { do: 'call' } })).status).toBe(200);
    for (const route of ['lines', 'lines/new', 'clock']) expect((await post(`/demo/sandbox/${route}`, {})).status).toBe(404);
  });

  test('devices are streamed as they change', async () => {
    const stream = await fetch(`${url}/demo/sandbox/devices/stream`);
    const { value } = await stream.body!.getReader().read();
    expect([stream.headers.get('content-type'), Buffer.from(value!).toString('utf8')]).toEqual([
      'text/event-stream',
      'event: outbox\ndata: {}\n\n',
    ]);
  });

  test('a page from elsewhere may change nothing', async () => {
    for (const route of ['/demo/clock', '/demo/network', '/demo/sandbox/act'])
      expect((await post(route, { offset: 1, seconds: 5 }, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post('/demo/clock', { offset: 0 }, { origin: url })).status).toBe(200);
  });

  test('photographs and a voice are made on demand', async () => {
    const photo = await get('/demo/files/scene.jpg');
    expect([
      photo.headers.get('content-type'),
      Buffer.from(await photo.arrayBuffer())
        .subarray(0, 3)
        .toString('hex'),
    ]).toEqual(['image/jpeg', 'ffd8ff']);
    expect(
      Buffer.from(await (await get('/demo/files/voice.wav')).arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ).toBe('RIFF');
    expect((await get('/demo/files/secret')).status).toBe(404);
  });

  test('a cut network kills the console’s sockets and requests, not those of scripts, and heals by itself', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    app.server.on('upgrade', () => undefined);
    socket.write('GET /socket.io/ HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    await post('/demo/network', { seconds: 0.4 });
    await gone;
    await expect(get('/api/anything')).rejects.toThrow('fetch failed');
    expect((await fetch(`${url}/api/anything`, { headers: { authorization: 'Bearer key', connection: 'close' } })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect((await get('/api/anything')).status).toBe(200);
  });
});

describe('a shift of the clock', () => {
  test.each([
    [5, 100, 5],
    ['90s', 100, 90_000],
    ['+90s', 100, 90_100],
    ['-1ms', 100, 99],
  ])('%p from %p is %p', (by, standing, expected) => expect(shiftedOffset(by, standing)).toBe(expected));
});
