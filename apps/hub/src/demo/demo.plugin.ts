import { existsSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ShiftedClock, Wakeups } from '@claimline/database';
import { DemoClock, type DemoManifest } from '@claimline/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isOurOrigin } from '../http/origin';
import { HubProblem } from '../http/problem';
import { sendProblem, toProblem } from '../http/problem.filter';
import type { CutNetwork } from './cut-network';
import type { SandboxProcess } from './sandbox-process';
import { shiftedOffset } from './shifted-offset';
import { faxOf } from './seed/fax';
import { photograph, type SceneName } from './seed/pictures';
import { voice } from './seed/voices';
import { websitePage } from './website-page';

/** What the demo's routes need. */
export interface DemoRoutes {
  readonly pages: string;
  readonly clock: ShiftedClock;
  readonly wakeups: Wakeups;
  readonly sandbox: SandboxProcess;
  readonly network: CutNetwork;
  manifest(): Promise<DemoManifest>;
}

const Network = z.object({ seconds: z.number().min(0).max(60) });
// What the page may ask of the sandbox; lines and clocks are the hub's business.
const SANDBOX = new Set([
  'GET outbox',
  'GET calls',
  'GET health',
  'GET devices/stream',
  'GET claim-core/heard',
  'POST act',
  'POST misbehave',
]);
const PHOTOS: readonly SceneName[] = ['rear-bumper', 'front-left', 'plate', 'scene'];
const VOICE_SECONDS = 7;
const PHOTOS_LIMIT = 30 * 1024 * 1024;

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** The routes below `/demo`. They exist in demo mode only; the host is checked before them, and writes must come from a page of ours or from no page. */
export async function demoRoutes(server: FastifyInstance, deps: DemoRoutes): Promise<void> {
  const route = (method: 'GET' | 'POST', url: string, handler: Handler): void =>
    void server.route({ method, url, bodyLimit: PHOTOS_LIMIT, handler: (request, reply) => guarded(request, reply, handler) });
  const ending = new AbortController();
  server.addHook('preClose', (done) => (ending.abort(), done()));
  deps.network.watch(server.server);
  server.addHook('onRequest', (request, _, done) =>
    deps.network.isCut() && request.url.startsWith('/api/') && !isScript(request) ? void request.raw.destroy() : done(),
  );

  route('GET', '/demo', (_, reply) => page(reply, deps.pages, 'index.html'));
  route('GET', '/demo/*', (request, reply) => page(reply, deps.pages, (request.params as { '*': string })['*']));
  route('GET', '/demo/manifest.json', async (_, reply) => reply.header('cache-control', 'no-store').send(await deps.manifest()));
  route('GET', '/demo/website', (request, reply) => website(request, reply, deps));
  route('GET', '/demo/clock', async (_, reply) => reply.send(clockOf(deps)));
  route('POST', '/demo/clock', async (request, reply) => reply.send(await shift(deps, DemoClock.parse(request.body).offset)));
  route('POST', '/demo/network', async (request, reply) => {
    deps.network.cut(Network.parse(request.body).seconds);
    return reply.send({ cut: deps.network.isCut() });
  });
  route('GET', '/demo/files/:name', (request, reply) => file(reply, (request.params as { name: string }).name));
  route('GET', '/demo/sandbox/*', (request, reply) => proxy(request, reply, deps.sandbox, ending.signal));
  route('POST', '/demo/sandbox/*', (request, reply) => proxy(request, reply, deps.sandbox, ending.signal));
}

// Scripts come with a key and from no page; it is the console that is cut off.
const isScript = (request: FastifyRequest): boolean => request.headers.authorization !== undefined;

async function guarded(request: FastifyRequest, reply: FastifyReply, handler: Handler): Promise<unknown> {
  try {
    const { origin, host } = request.headers;
    if (request.method === 'POST' && origin !== undefined && !isOurOrigin(origin, host, undefined)) throw new HubProblem('wrong-origin');
    return await handler(request, reply);
  } catch (error) {
    const problem =
      error instanceof z.ZodError
        ? new HubProblem(
            'invalid',
            {},
            error.issues.map((issue) => ({ path: issue.path.join('.'), problem: issue.message })),
          )
        : toProblem(error);
    sendProblem(reply, request, problem);
    return reply;
  }
}

const clockOf = ({ clock }: DemoRoutes): { offset: number; now: string } => ({ offset: clock.offset, now: clock.now().toISOString() });

async function shift(deps: DemoRoutes, by: number | string): Promise<{ offset: number; now: string }> {
  deps.clock.offset = shiftedOffset(by, deps.clock.offset);
  await deps.sandbox.ask('POST', '/clock', { offset: deps.clock.offset });
  // Whatever waited for a time looks at it now, not at its next glance.
  for (const work of ['deliveries', 'event_log'] as const) deps.wakeups.wake(work);
  return clockOf(deps);
}

async function page(reply: FastifyReply, folder: string, wanted: string): Promise<FastifyReply> {
  const name = path.posix.normalize(`/${wanted}`).slice(1) || 'index.html';
  if (!existsSync(path.join(folder, name)) || path.extname(name) === '') throw new HubProblem('not-found');
  return reply
    .header('cache-control', name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    .sendFile(name, folder, { cacheControl: false });
}

async function website(request: FastifyRequest, reply: FastifyReply, { manifest }: DemoRoutes): Promise<FastifyReply> {
  const chat = (await manifest()).inboxes.find(({ kind }) => kind === 'web-chat');
  if (!chat) throw new HubProblem('not-found');
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(websitePage(chat.id, request.headers['accept-language']));
}

/** What the simulated phone sends: drawn here, so that no picture has to be kept anywhere. */
async function file(reply: FastifyReply, name: string): Promise<FastifyReply> {
  const scene = PHOTOS.find((one) => `${one}.jpg` === name);
  const fax = /^fax-(CLM-[\d-]{1,20})\.tiff$/.exec(name)?.[1];
  const made = scene
    ? await photograph(scene)
    : fax
      ? await faxOf(fax)
      : name === 'voice.wav'
        ? voice('voice.wav', VOICE_SECONDS)
        : undefined;
  if (!made) throw new HubProblem('not-found');
  return reply.header('cache-control', 'public, max-age=3600').type(made.contentType).send(made.content);
}

async function proxy(request: FastifyRequest, reply: FastifyReply, sandbox: SandboxProcess, ending: AbortSignal): Promise<FastifyReply> {
  const wanted = (request.params as { '*': string })['*'];
  if (!SANDBOX.has(`${request.method} ${wanted}`)) throw new HubProblem('not-found');
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
  const sent =
    request.method === 'POST' ? { body: JSON.stringify(request.body ?? {}), headers: { 'content-type': 'application/json' } } : {};
  const answer = await fetch(`${sandbox.url}/${wanted}${query}`, {
    method: request.method,
    ...sent,
    signal: AbortSignal.any([gone.signal, ending]),
  }).catch(() => undefined);
  if (!answer?.body) throw new HubProblem('unavailable');
  const body = Readable.fromWeb(answer.body as never);
  // A page that goes away ends the stream; that is no failure.
  body.on('error', () => reply.raw.destroy());
  return reply
    .status(answer.status)
    .header('cache-control', 'no-store')
    .type(answer.headers.get('content-type') ?? 'application/json')
    .send(body);
}
