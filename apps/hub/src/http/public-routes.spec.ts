import Fastify from 'fastify';
import fastifyStatic from '@fastify/static';
import { demoRoutes } from '../demo/demo.plugin';
import { CutNetwork } from '../demo/cut-network';
import { DEMO_ROUTES, OWN_ROUTES, PUBLIC_ROUTES } from './public-routes';
import { serveHub, type ServedHub } from './testing/served-hub';

const ANY_ID = '01890000-0000-7000-8000-000000000000';
const READING = new Set(['GET', 'OPTIONS']);

let served: ServedHub;
beforeAll(async () => {
  served = await serveHub();
}, 60_000);
afterAll(() => served?.close());

const split = (route: string): [string, string] => route.split(' ') as [string, string];
const isPublic = (route: string): boolean => PUBLIC_ROUTES.includes(route) || PUBLIC_ROUTES.includes(`ALL ${split(route)[1]}`);
const closed = (): string[] => served.routes.filter((route) => !isPublic(route));
const writes = (): string[] => closed().filter((route) => !READING.has(split(route)[0]));

/** Asks a route with made-up parameters; a write carries an empty JSON body. */
function ask(route: string, headers: Record<string, string>): Promise<Response> {
  const [method, path] = split(route);
  const bodiless = READING.has(method) || method === 'DELETE';
  return fetch(served.url + path.replace(/:\w+/g, ANY_ID), {
    method,
    headers: { connection: 'close', ...(!bodiless && { 'content-type': 'application/json' }), ...headers },
    body: bodiless ? undefined : '{}',
  });
}

/** What these routes answered, `status route`, for those that did not answer as they should. */
async function others(routes: readonly string[], right: (answer: Response) => Promise<boolean>, headers: Record<string, string>) {
  const wrong: string[] = [];
  for (const route of routes) {
    const answer = await ask(route, headers);
    if (!(await right(answer))) wrong.push(`${answer.status} ${route}`);
  }
  return wrong;
}

const is = (status: number, code?: string) => async (answer: Response) =>
  answer.status === status && (!code || ((await answer.json()) as { code: string }).code === code);

test('every route that is not named as public refuses a stranger', async () => {
  expect(closed().length).toBeGreaterThan(60);
  expect(await others(closed(), is(401), {})).toEqual([]);
}, 60_000);

test.each([
  ['a cookie that is no session', { cookie: 'claimline_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', origin: 'self' }],
  ['a key that nobody made', { authorization: 'Bearer clk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
  ['a password where a key belongs', { authorization: 'Basic YWRtaW46YWRtaW4=' }],
])(
  '%s opens nothing',
  async (_, credentials) => {
    const headers = 'origin' in credentials ? { ...credentials, origin: served.url } : credentials;
    expect(await others(closed(), is(401), headers as Record<string, string>)).toEqual([]);
  },
  60_000,
);

test('every public route on the list exists, and no route of the demo does', () => {
  const here = (route: string): boolean =>
    served.routes.includes(route) || (route.startsWith('ALL ') && served.routes.some((one) => split(one)[1] === split(route)[1]));
  expect(PUBLIC_ROUTES.filter((route) => !here(route))).toEqual([]);
  expect(served.routes.filter((route) => split(route)[1].startsWith('/demo'))).toEqual([]);
});

test('the demo serves exactly the routes on its list', async () => {
  const server = Fastify({ exposeHeadRoutes: false });
  const routes = new Set<string>();
  server.addHook('onRoute', ({ method, url }) => void [method].flat().forEach((one) => routes.add(`${one} ${url}`)));
  await server.register(fastifyStatic, { root: __dirname, serve: false });
  await demoRoutes(server, { pages: __dirname, network: new CutNetwork() } as never);
  await server.close();
  expect([...routes].sort()).toEqual([...DEMO_ROUTES].sort());
});

test('an auditor writes nothing but what is their own', async () => {
  const cookie = await served.cookieOf('auditor');
  const allowed = writes().filter((route) => OWN_ROUTES.includes(route));
  expect(allowed.sort()).toEqual([...OWN_ROUTES].sort());
  const forbidden = writes().filter((route) => !OWN_ROUTES.includes(route));
  expect(await others(forbidden, is(403, 'not-allowed'), { cookie, origin: served.url })).toEqual([]);
  expect((await ask('GET /api/me', { cookie })).status).toBe(200);
  expect((await ask('POST /api/auth/sign-out', { cookie, origin: served.url })).status).toBe(204);
  expect((await ask('GET /api/me', { cookie })).status).toBe(401);
}, 60_000);

test('a program with a key reaches what is for programs and nothing of the desk', async () => {
  const authorization = `Bearer ${await served.keyOf('integration')}`;
  expect((await ask('GET /api/conversations', { authorization })).status).toBe(403);
  expect((await ask('GET /api/claims', { authorization })).status).toBe(403);
  expect((await ask('POST /api/claims/import', { authorization, 'content-type': 'application/x-ndjson' })).status).toBe(200);
});

test.each([
  ['another site', 'https://evil.example'],
  ['another port of this machine', 'http://localhost:1'],
  ['a page that hides where it is', 'null'],
  ['nowhere', undefined],
])(
  'no write with the cookie is taken from %s',
  async (_, origin) => {
    const cookie = await served.cookieOf('administrator');
    const everything = [...writes(), 'POST /api/auth/sign-in', 'POST /api/claim-events'];
    expect(await others(everything, is(403, 'wrong-origin'), { cookie, ...(origin && { origin }) })).toEqual([]);
    expect((await ask('GET /api/me', { cookie })).status).toBe(200);
  },
  60_000,
);
