import { get } from 'node:http';
import { io } from 'socket.io-client';
import type { ConsoleClient } from '../world/console-client';
import { postSms } from '../world/twilio-sender';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('adjuster');
}, 240_000);
afterAll(() => world?.close());

interface Contract {
  readonly paths: Record<string, Record<string, unknown>>;
}

// Signing in, health, the contract itself, and what proves itself by signature or token (apps/hub/src/http/public-routes.ts).
const OPEN = new Set([
  'POST /api/auth/sign-in',
  'POST /api/claim-events',
  'OPTIONS /api/claim-events',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /files/{token}',
  'POST /webhooks/{inboxId}',
  'GET /demo/manifest.json',
  'POST /demo/clock',
  // The empty page; what it shows is asked for with the link.
  'GET /portal',
  'GET /portal/*',
  'GET /api/portal/brand',
  'POST /api/portal/sign-in',
  'POST /api/portal/sign-in/check',
  'POST /api/portal/sign-out',
]);

// A customer's own pages: a link's token or their session opens them, and nothing else does.
const OF_CUSTOMERS = new Set([
  'GET /api/portal/home',
  'POST /api/portal/home/preferences',
  'GET /api/portal/{purpose}/{token}',
  'POST /api/portal/{purpose}/{token}/code',
  'POST /api/portal/{purpose}/{token}/code/check',
  'GET /api/portal/bind/{token}/question',
  'POST /api/portal/bind/{token}/answer',
  'GET /api/portal/appointment/{token}/details',
  'POST /api/portal/appointment/{token}/answer',
  'GET /api/portal/appointment/{token}/calendar.ics',
  'GET /api/portal/payee/{token}/choice',
  'POST /api/portal/payee/{token}/choice',
  'GET /api/portal/documents/{token}/list',
  'POST /api/portal/documents/{token}/items/{itemId}',
  'GET /api/portal/survey/{token}/questions',
  'POST /api/portal/survey/{token}/answers',
  'GET /api/portal/preferences/{token}/choices',
  'POST /api/portal/preferences/{token}/choices',
]);
const isRefused = (route: string, status: number): boolean => (OF_CUSTOMERS.has(route) ? status >= 400 && status < 500 : status === 401);

test('every route of the contract refuses a stranger', async () => {
  const contract = (await (await fetch(`${world.hub.url}/api/openapi.json`)).json()) as Contract;
  const routes = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes.length).toBeGreaterThan(30);
  const admitted: string[] = [];
  for (const route of routes.filter((one) => !OPEN.has(one) && !one.includes('/visitor/') && !one.includes('/demo'))) {
    const [method, path] = route.split(' ') as [string, string];
    const body = ['GET', 'HEAD', 'DELETE'].includes(method) ? undefined : '{}';
    const response = await fetch(world.hub.url + path.replace(/\{\w+\}/g, '01890000-0000-7000-8000-000000000000'), {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body,
    });
    if (!isRefused(route, response.status)) admitted.push(`${route} → ${response.status}`);
  }
  expect(admitted).toEqual([]);
});

test('an SMS with a tampered or missing signature is refused and leaves no trace', async () => {
  const tampered = await postSms(
    world.sms,
    { from: '+15550305001', text: 'let me in' },
    (signature) => signature.slice(0, -2) + (signature.endsWith('A=') ? 'B=' : 'A='),
  );
  const missing = await fetch(world.sms.webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'From=%2B15550305001&Body=let+me+in',
  });
  expect([tampered.status, missing.status]).toEqual([401, 401]);
  expect((await desk.find('+15550305001')).items).toEqual([]);
});

test('a console socket without a session, or from another site, is refused', async () => {
  for (const extraHeaders of [{ origin: world.hub.url }, { origin: 'https://evil.example' }]) {
    const socket = io(`${world.hub.url}/console`, { transports: ['websocket'], extraHeaders, reconnection: false, forceNew: true });
    const refused = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(false));
      socket.once('connect_error', () => resolve(true));
    });
    socket.close();
    expect(refused).toBe(true);
  }
});

test('a write with the cookie from another site is refused', async () => {
  // An encoded letter leads to the same route and must lead to the same refusal.
  expect((await desk.call('POST', '/%61pi/auth/sign-out', {}, { origin: 'https://evil.example' })).status).toBe(403);
  const answer = await desk.call('POST', '/api/auth/sign-out', {}, { origin: 'https://evil.example' });
  expect(answer.status).toBe(403);
  expect((await desk.call('GET', '/api/me')).status).toBe(200);
});

test('an auditor reads and changes nothing', async () => {
  const auditor = await world.signIn('auditor');
  const [item] = (await auditor.get<{ items: { id: string }[] }>('/api/conversations?limit=1')).items;
  expect(item).toBeDefined();
  expect((await auditor.call('POST', `/api/conversations/${item!.id}/resolve`, {})).status).toBe(403);
  expect((await auditor.reply(item!.id, 'hello')).status).toBe(403);
});

test('guessing a password is slowed down', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 12; i++) {
    const response = await fetch(`${world.hub.url}/api/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: world.hub.url },
      body: JSON.stringify({ email: 'nobody@example.test', password: `guess ${i}` }),
    });
    statuses.push(response.status);
  }
  expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
  expect(statuses.at(-1)).toBe(429);
});

test('nothing secret and nothing personal stands in the log', async () => {
  const words = 'my very private words about the broken kitchen';
  await postSms(world.sms, { from: '+15550305009', text: words });
  const { id } = await until('the conversation', async () => (await desk.find('+15550305009')).items[0]);
  await desk.reply(id, 'an answer that is nobody else’s business');
  await until('the answer', async () => (await world.outbox('+15550305009')).length > 0);
  const log = world.hub.lines.filter((line) => line.startsWith('{')).join('\n');
  expect(log.length).toBeGreaterThan(0);
  for (const never of [words, 'broken kitchen', 'nobody else', '+15550305009', world.sms.secret, world.manifest.claimEvents.apiKey])
    expect(log).not.toContain(never);
});

test('a demo page cannot be reached by another name of this machine', async () => {
  // fetch sets Host by itself; a browser whose DNS was rebound sends the attacker's name.
  const statusFor = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const request = { host: '127.0.0.1', port: world.hub.port, path: '/demo/manifest.json', headers: { host }, agent: false };
      get(request, (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
  expect(await statusFor(`localhost:${world.hub.port}`)).toBe(200);
  expect(await statusFor('evil.example')).toBe(403);
  expect(await statusFor(`localhost.evil.example:${world.hub.port}`)).toBe(403);
});
