/**
 * Every route that a stranger may call, and why. A test collects all routes from Fastify and compares: whatever is not here wants a principal.
 * Webhooks prove themselves by signature; signed links by their token; the visitor's files by the visitor's token.
 */
export const PUBLIC_ROUTES: readonly string[] = [
  'POST /api/auth/sign-in',
  'POST /api/claim-events',
  'OPTIONS /api/claim-events',
  'GET /api/openapi.json',
  'GET /api/docs',
  'GET /api/docs/',
  'GET /api/docs/*',
  'GET /api/docs/LICENSE',
  'GET /api/docs/docs/*',
  'GET /api/docs/docs/swagger-ui-init.js',
  'GET /api/docs/index.html',
  'GET /api/docs/swagger-ui-init.js',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /files/:token',
  'ALL /webhooks/:inboxId',
  'ALL /webhooks/:inboxId/*',
  'OPTIONS /visitor/:inboxId/files',
  'POST /visitor/:inboxId/files',
  'GET /visitor/:inboxId/files/:id',
  'GET /portal',
  'GET /portal/*',
  'GET /api/portal/brand',
  'GET /api/portal/home',
  'POST /api/portal/sign-in',
  'POST /api/portal/sign-in/check',
  'POST /api/portal/sign-out',
  'GET /api/portal/:purpose/:token',
  'GET /api/portal/bind/:token/question',
  'POST /api/portal/bind/:token/answer',
  'GET /api/portal/appointment/:token/details',
  'POST /api/portal/appointment/:token/answer',
  'GET /api/portal/appointment/:token/calendar.ics',
  'GET /api/portal/payee/:token/choice',
  'POST /api/portal/payee/:token/choice',
  'GET /api/portal/documents/:token/list',
  'POST /api/portal/documents/:token/items/:itemId',
  'POST /api/portal/:purpose/:token/code',
  'POST /api/portal/:purpose/:token/code/check',
  'GET /api/portal/preferences/:token/choices',
  'POST /api/portal/preferences/:token/choices',
  'GET /widget.js',
  'GET /widget/*',
  'GET /',
  'GET /*',
];

/** What people change of their own session and screen: open to everybody who is signed in, to an auditor too, who may change nothing else. */
export const OWN_ROUTES: readonly string[] = ['POST /api/auth/sign-out', 'PATCH /api/me', 'POST /api/me/password'];

/** Routes of the demo; they exist only in demo mode and only on loopback. */
export const DEMO_ROUTES: readonly string[] = [
  'GET /demo',
  'GET /demo/*',
  'GET /demo/manifest.json',
  'GET /demo/website',
  'GET /demo/clock',
  'POST /demo/clock',
  'POST /demo/network',
  'GET /demo/files/:name',
  'GET /demo/sandbox/*',
  'POST /demo/sandbox/*',
];
