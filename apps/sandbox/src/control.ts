import type { IncomingMessage, ServerResponse } from 'node:http';
import { z, ZodError } from 'zod';
import { ClaimCoreRequest } from './claim-core';
import { streamDevices } from './devices';
import {
  ActRequest,
  actionOn,
  ClockRequest,
  FailpointRequest,
  LineRequest,
  MisbehaveRequest,
  NewLineRequest,
  OutboxQuery,
  RefuseRequest,
} from './requests';
import type { World } from './world';
import { WorldError } from './world-error';

// A few photographs as base64; more is a mistake of the caller.
const BODY_LIMIT = 40 * 1024 * 1024;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;

class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

interface Asked {
  readonly query: URLSearchParams;
  body(): Promise<unknown>;
}
type Answer = (world: World, asked: Asked) => unknown;

const ANSWERS: Readonly<Record<string, Answer>> = {
  'GET /health': (world) => ({ status: 'ok', kinds: world.kinds, lines: world.lineCount, received: world.received.total }),
  'GET /outbox': (world, { query }) => {
    const { to, limit } = OutboxQuery.parse(Object.fromEntries(query));
    return world.received.list(to, limit);
  },
  'GET /calls': (world) => world.calls(),
  'POST /lines/new': async (world, { body }) => {
    const { kind, address, manner } = NewLineRequest.parse(await body());
    return world.newLine(kind, address, manner);
  },
  'POST /lines': async (world, { body }) => {
    const lines = z.union([LineRequest.transform((line) => [line]), z.array(LineRequest)]).parse(await body());
    for (const line of lines) await world.connect(line);
    return { lines: world.lineCount };
  },
  'POST /act': async (world, { body }) => {
    const asked = ActRequest.parse(await body());
    const line = world.line(asked);
    return world.act(line, actionOn(line, asked.action));
  },
  'POST /clock': async (world, { body }) => {
    world.offset = ClockRequest.parse(await body()).offset;
    return { offset: world.offset };
  },
  'POST /claim-core/connect': async (world, { body }) => {
    world.claimCore.connect(ClaimCoreRequest.parse(await body()));
    return { connected: true };
  },
  'GET /claim-core/heard': (world) => world.claimCore.events(),
  'POST /claim-core/refuse': async (world, { body }) => {
    world.claimCore.refusing = RefuseRequest.parse(await body()).times;
    return { times: world.claimCore.refusing };
  },
  'POST /failpoint': async (world, { body }) => {
    const asked = FailpointRequest.parse(await body());
    world.failpoints.arm(asked);
    return asked;
  },
  'POST /misbehave': async (world, { body }) => {
    const { kind, how } = MisbehaveRequest.parse(await body());
    world.misbehave(kind, how);
    return { kind, how };
  },
};

/** Answers the requests by which the hub, tests and benches steer the box. Browsers come through the hub, never here. */
export function control(world: World, request: IncomingMessage, response: ServerResponse): void {
  answer(world, request, response).catch((error: unknown) => {
    if (response.headersSent) return void response.destroy();
    const { status, problem } = describe(error);
    send(response, status, { error: problem });
  });
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  refuseStrangers(request);
  const url = new URL(request.url ?? '/', world.url);
  if (request.method === 'GET' && url.pathname === '/devices/stream') return streamDevices(world, response);
  if (request.method === 'POST' && url.pathname === '/claim-core/events') return world.claimCore.take(request, response);
  const wanted = ANSWERS[`${request.method} ${url.pathname}`];
  if (!wanted) throw new Refused(404, `there is no ${request.method} ${url.pathname}`);
  send(response, 200, await wanted(world, { query: url.searchParams, body: () => readJson(request) }));
}

// A page that somebody has open may post to any port of their machine, and a name may be rebound to it.
function refuseStrangers(request: IncomingMessage): void {
  if (request.headers.origin !== undefined) throw new Refused(403, 'pages do not talk to the sandbox');
  if (!LOOPBACK.test(request.headers.host ?? '')) throw new Refused(403, 'the sandbox is on this machine only');
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > BODY_LIMIT) throw new Refused(413, 'too large');
    chunks.push(chunk as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Refused(400, 'the body is no JSON');
  }
}

function describe(error: unknown): { status: number; problem: string } {
  if (error instanceof Refused) return { status: error.status, problem: error.message };
  if (error instanceof ZodError) return { status: 400, problem: z.prettifyError(error) };
  if (error instanceof WorldError) return { status: 409, problem: error.message };
  return { status: 500, problem: String(error) };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
