import { serveHub, type ServedHub } from './testing/served-hub';

let served: ServedHub;
let contract: Contract;

interface Operation {
  readonly parameters?: readonly { name: string; in: string }[];
  readonly requestBody?: { content: Record<string, { schema: object }> };
  readonly responses: Record<string, { content?: Record<string, { schema: object }> }>;
  readonly security: readonly object[];
}
interface Contract {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, object>; securitySchemes: object };
}

beforeAll(async () => {
  served = await serveHub();
  contract = (await (await fetch(`${served.url}/api/openapi.json`)).json()) as Contract;
}, 60_000);
afterAll(() => served?.close());

const operations = (): [string, Operation][] =>
  Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method.toUpperCase()} ${path}`, operation]),
  );

// Doors of vendors (any method), the doors of our own widget, pages and the contract itself are no part of it.
const BESIDE = /^\w+ (\/|\/\*|\/widget.*|\/visitor\/.*|\/webhooks\/.*|\/api\/docs.*|\/api\/openapi\.json)$/;

test('the contract knows every route, and no other', () => {
  const routes = served.routes.filter((route) => !BESIDE.test(route)).map((route) => route.replace(/:(\w+)/g, '{$1}'));
  expect(routes.length).toBeGreaterThan(60);
  expect(
    operations()
      .map(([route]) => route)
      .filter((route) => route !== 'POST /webhooks/{inboxId}')
      .sort(),
  ).toEqual(routes.sort());
});

test('every route says what it answers and how it refuses', () => {
  const silent = operations().filter(([, { responses }]) => {
    const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    const told = good.length > 0 && good.every(([status, { content }]) => status === '204' || Object.values(content ?? {})[0]?.schema);
    return !told || !responses.default?.content?.['application/problem+json'];
  });
  expect(silent.map(([route]) => route)).toEqual([]);
});

test('every write says what it takes, but for those that take nothing', () => {
  const empty = operations().filter(([route, { requestBody }]) => /^(POST|PUT|PATCH) /.test(route) && !requestBody);
  expect(empty.map(([route]) => route).sort()).toEqual([
    'POST /api/absences/{id}/undo',
    'POST /api/accounts/{id}/password',
    'POST /api/appointments/{id}/cancel',
    'POST /api/auth/sign-out',
    'POST /api/broadcasts/{id}/approve',
    'POST /api/broadcasts/{id}/cancel',
    'POST /api/broadcasts/{id}/pause',
    'POST /api/broadcasts/{id}/resume',
    'POST /api/broadcasts/{id}/start',
    'POST /api/bulk-runs/{id}/cancel',
    'POST /api/bulk-runs/{id}/undo',
    'POST /api/claim-core/deliveries/{id}/replay',
    'POST /api/claim-events/secrets',
    'POST /api/claim-events/{id}/confirm',
    'POST /api/claims/{number}/payee-choice/{id}/acknowledge',
    'POST /api/claims/{number}/representations/{party}/end',
    'POST /api/complaints/{id}/close',
    'POST /api/complaints/{id}/follow-up',
    'POST /api/contact-changes/{id}/undo',
    'POST /api/contacts/{id}/preferences-link',
    'POST /api/conversations/{id}/counsel',
    'POST /api/conversations/{id}/payee-link',
    'POST /api/conversations/{id}/reopen',
    'POST /api/conversations/{id}/resolve',
    'POST /api/deliveries/{id}/retry',
    'POST /api/inboxes/{id}/check',
    'POST /api/mailroom/scans/{id}/undo',
    'POST /api/messages/{id}/move/undo',
    'POST /api/needs-look/{id}/dismiss',
    'POST /api/needs-look/{id}/replay',
    'POST /api/policies/search-settings/test',
    'POST /api/portal/home/preferences',
    'POST /api/portal/sign-out',
    'POST /api/portal/{purpose}/{token}/code',
    'POST /api/promises/{id}/cancel',
    'POST /api/promises/{id}/keep',
    'POST /api/reports/{id}/discard',
    'POST /api/reports/{id}/submit',
    'POST /api/reports/{id}/take-back',
    'POST /api/scheduled/{id}/send',
  ]);
});

test('every place in a path is a parameter, and every reference leads somewhere', () => {
  for (const [route, { parameters = [] }] of operations()) {
    const places = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect([route, parameters.filter((one) => one.in === 'path').map((one) => one.name)]).toEqual([route, places]);
  }
  const references = [...JSON.stringify(contract).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name!);
  expect(references.length).toBeGreaterThan(60);
  expect(references.filter((name) => !contract.components.schemas[name])).toEqual([]);
});

test('what needs no sign-in is told apart', () => {
  const open = operations().filter(([, { security }]) => security.length === 0);
  expect(open.map(([route]) => route).sort()).toEqual([
    'GET /api/portal/appointment/{token}/calendar.ics',
    'GET /api/portal/appointment/{token}/details',
    'GET /api/portal/bind/{token}/question',
    'GET /api/portal/brand',
    'GET /api/portal/documents/{token}/list',
    'GET /api/portal/home',
    'GET /api/portal/payee/{token}/choice',
    'GET /api/portal/preferences/{token}/choices',
    'GET /api/portal/survey/{token}/questions',
    'GET /api/portal/{purpose}/{token}',
    'GET /files/{token}',
    'GET /health/live',
    'GET /health/ready',
    'GET /metrics',
    'GET /portal',
    'GET /portal/*',
    'OPTIONS /api/claim-events',
    'POST /api/auth/sign-in',
    'POST /api/portal/appointment/{token}/answer',
    'POST /api/portal/bind/{token}/answer',
    'POST /api/portal/documents/{token}/items/{itemId}',
    'POST /api/portal/home/preferences',
    'POST /api/portal/payee/{token}/choice',
    'POST /api/portal/preferences/{token}/choices',
    'POST /api/portal/sign-in',
    'POST /api/portal/sign-in/check',
    'POST /api/portal/sign-out',
    'POST /api/portal/survey/{token}/answers',
    'POST /api/portal/{purpose}/{token}/code',
    'POST /api/portal/{purpose}/{token}/code/check',
  ]);
  expect(Object.keys(contract.components.securitySchemes).sort()).toEqual(['bearer', 'cookie']);
});

test('the pages of the contract load from us alone', async () => {
  const page = await fetch(`${served.url}/api/docs`);
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
  const html = await page.text();
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>/g)];
  expect(inline).toEqual([]);
  for (const [, source] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
    if (source!.startsWith('#')) continue;
    const asset = new URL(source!, `${served.url}/api/docs`);
    expect(asset.origin).toBe(served.url);
    const answer = await fetch(asset);
    // Read to its end: half an answer would keep the connection, and the hub from closing.
    expect([asset.pathname, answer.status, (await answer.arrayBuffer()).byteLength > 0]).toEqual([asset.pathname, 200, true]);
  }
});
