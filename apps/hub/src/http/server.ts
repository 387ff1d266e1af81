import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { refuseForeignHost, refuseForeignWrite } from './origin';
import { isPortal, portalHeaders } from '../portal/portal-headers';
import { HubProblem } from './problem';
import { sendProblem, toProblem } from './problem.filter';

const JSON_LIMIT = 2 * 1024 * 1024;
const UPLOAD_LIMIT = 25 * 1024 * 1024;

/** Every route of this process as Fastify knows it, `METHOD /path`: a test compares it with the list of public ones. */
export const ROUTES = new WeakMap<FastifyInstance, Set<string>>();

/** The HTTP server: ids, security headers, cookies, uploads, and the refusals that come before any handler. */
export async function makeServer(config: Config): Promise<FastifyAdapter> {
  const adapter = new FastifyAdapter({
    trustProxy: config.trustProxy,
    bodyLimit: JSON_LIMIT,
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 400 },
    forceCloseConnections: 'idle',
  });
  const server = adapter.getInstance() as unknown as FastifyInstance;
  collectRoutes(server);
  await server.register(cookie);
  await server.register(helmet, securityHeaders());
  await server.register(multipart, { limits: { fileSize: UPLOAD_LIMIT, files: 1, fields: 5 } });
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', String(request.id));
    if (isPortal(request.url)) portalHeaders(reply);
    refuseBefore(request, reply, config, done);
  });
  closeWhenLeaving(server);
  return adapter;
}

const leaving = new WeakSet<FastifyInstance>();

/**
 * From now on every answer ends its connection. Said before anything else stops: whoever closes the server waits for all connections,
 * and a vendor that keeps asking on an open one would keep it open for ever.
 */
export function letGo(server: FastifyInstance): void {
  leaving.add(server);
}

function closeWhenLeaving(server: FastifyInstance): void {
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (leaving.has(server)) void reply.header('connection', 'close');
    done(null, payload);
  });
}

function collectRoutes(server: FastifyInstance): void {
  const routes = new Set<string>();
  ROUTES.set(server, routes);
  server.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) routes.add(`${method} ${route.url}`);
  });
}

function refuseBefore(request: FastifyRequest, reply: FastifyReply, config: Config, done: () => void): void {
  try {
    refuseForeignHost(request, config);
    // By the route that was found, not by the address as it was typed: `/%61pi/…` leads to the same one.
    if (request.routeOptions.url?.startsWith('/api/')) refuseForeignWrite(request, config);
    done();
  } catch (error) {
    sendProblem(reply, request, error instanceof HubProblem ? error : toProblem(error));
  }
}

// Pages of ours load from us and nowhere else. Styles may stand in the markup, because the console's components size themselves so.
function securityHeaders(): object {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        frameSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  };
}
