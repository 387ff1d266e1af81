import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { refuseForeignHost, refuseForeignWrite } from './origin';
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
    refuseBefore(request, reply, config, done);
  });
  letGoWhenClosing(server);
  return adapter;
}

/** A vendor that is being answered while we stop must not keep its connection: the server would wait for it for over a minute. */
function letGoWhenClosing(server: FastifyInstance): void {
  let isClosing = false;
  server.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (isClosing) void reply.header('connection', 'close');
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
    if (request.url.startsWith('/api/')) refuseForeignWrite(request, config);
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
