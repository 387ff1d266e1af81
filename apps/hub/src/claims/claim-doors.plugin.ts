import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { ImportLine } from '@claimline/claims';
import { ClaimEventFields, type ClaimEvent, type ClaimEventAnswer, type ImportAnswer, type Role } from '@claimline/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ImportClaims } from '../flows/import-claims';
import { HubProblem } from '../http/problem';
import { sendProblem, toProblem } from '../http/problem.filter';
import { SESSION_COOKIE, type Authenticator, type Principal } from '../http/principal';
import type { ClaimEventDesk } from './claim-event-desk';
import type { ClaimEventSecrets } from './claim-event-secrets';
import { readClaimEvents } from './read-claim-events';

const EVENT_LIMIT = 5 * 1024 * 1024;
const IMPORT_LIMIT = 512 * 1024 * 1024;
const LINES_AT_ONCE = 250;
const MOST_ERRORS = 1000;
const POSTERS: readonly Role[] = ['integration', 'administrator'];

/** What the claim core's doors need. */
export interface ClaimDoors {
  readonly authenticator: Authenticator;
  readonly secrets: ClaimEventSecrets;
  readonly desk: ClaimEventDesk;
  readonly imports: ImportClaims;
}

/**
 * The claim core's doors: events, whose bytes are signed and so must reach us untouched, and imports, which are too long to be held in
 * memory. Straight on Fastify for these two reasons.
 */
export async function claimDoors(server: FastifyInstance, deps: ClaimDoors): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: EVENT_LIMIT }, (_, body, done) => done(null, body));
    scope.post('/api/claim-events', (request, reply) => guarded(request, reply, () => takeEvents(request, reply, deps)));
    scope.options('/api/claim-events', (request, reply) => handshake(request, reply));
  });
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { bodyLimit: IMPORT_LIMIT }, (_, body, done) => done(null, body));
    scope.post('/api/claims/import', { bodyLimit: IMPORT_LIMIT }, (request, reply) =>
      guarded(request, reply, () => importClaims(request, reply, deps)),
    );
  });
}

/** Answers a problem as every other route does. */
export async function guarded(request: FastifyRequest, reply: FastifyReply, work: () => Promise<FastifyReply>): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    sendProblem(reply, request, toProblem(error));
    return reply;
  }
}

/** 202 once everything is on disk; 200 where we had it all before. */
async function takeEvents(request: FastifyRequest, reply: FastifyReply, deps: ClaimDoors): Promise<FastifyReply> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  await refuseStrangers(request, body, deps);
  const { events, batch } = readClaimEvents({ headers: request.headers, body });
  const answers = await allOf(events.map((event) => take(event, deps)));
  const status = answers.every(({ outcome }) => outcome === 'duplicate') ? 200 : 202;
  return reply.status(status).send(batch ? answers : answers[0]);
}

async function take(event: ClaimEvent, { desk }: ClaimDoors): Promise<ClaimEventAnswer> {
  const { id, source, type, time, data } = event;
  const { outcome } = await desk.take({ id, source, type, occurredAt: time ? new Date(time) : undefined, change: data });
  return { id, outcome };
}

/** Waits for all, also where one fails: whoever is answered may be sure that nothing of theirs is still under way. */
async function allOf<Answer>(asked: readonly Promise<Answer>[]): Promise<Answer[]> {
  await Promise.allSettled(asked);
  return Promise.all(asked);
}

async function refuseStrangers(request: FastifyRequest, body: Buffer, { authenticator, secrets }: ClaimDoors): Promise<void> {
  const key = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (key) {
    const principal = await authenticator.byApiKey(key);
    if (!principal) throw new HubProblem('not-signed-in');
    if (!POSTERS.includes(principal.role)) throw new HubProblem('not-allowed');
    return;
  }
  if (!request.headers['webhook-signature']) throw new HubProblem('not-signed-in');
  if (!(await secrets.isSigned(body, request.headers))) throw new HubProblem('unauthentic');
}

/** The abuse protection of CloudEvents' webhooks: a sender asks whether it may send here (cloudevents/spec http-webhook §4). */
async function handshake(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const origin = request.headers['webhook-request-origin'];
  void reply.header('allow', 'POST, OPTIONS');
  if (origin) void reply.headers({ 'webhook-allowed-origin': String(origin), 'webhook-allowed-rate': '1000' });
  return reply.status(200).send();
}

async function importClaims(request: FastifyRequest, reply: FastifyReply, deps: ClaimDoors): Promise<FastifyReply> {
  await requirePoster(request, deps.authenticator);
  return reply.status(200).send(await readLines(request.body as Readable, deps.imports));
}

/** Whoever may load lists: an administrator who is signed in, or a program with a key. @throws HubProblem for everybody else */
export async function requirePoster(request: FastifyRequest, authenticator: Authenticator): Promise<Principal> {
  const key = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const cookie = request.cookies[SESSION_COOKIE];
  const principal = key ? await authenticator.byApiKey(key) : cookie ? await authenticator.bySession(cookie) : undefined;
  if (!principal) throw new HubProblem('not-signed-in');
  if (!POSTERS.includes(principal.role)) throw new HubProblem('not-allowed');
  return principal;
}

/** Reads and loads line by line; a line that cannot be read is told with its number, and the others are loaded. */
async function readLines(stream: Readable, imports: ImportClaims): Promise<ImportAnswer> {
  const total = { read: 0, applied: 0, unchanged: 0, errors: [] as ImportAnswer['errors'] };
  let waiting: ImportLine[] = [];
  const load = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const { applied, unchanged, errors } = await imports.load(waiting);
    total.applied += applied;
    total.unchanged += unchanged;
    note(total.errors, errors);
    waiting = [];
  };
  let number = 0;
  for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
    number += 1;
    if (text.trim() === '') continue;
    total.read += 1;
    const line = readLine(text, number);
    if ('errors' in line) note(total.errors, line.errors);
    else waiting.push(line);
    if (waiting.length >= LINES_AT_ONCE) await load();
  }
  await load();
  return total;
}

const note = (errors: ImportAnswer['errors'], more: readonly ImportAnswer['errors'][number][]): void => {
  errors.push(...more.slice(0, Math.max(0, MOST_ERRORS - errors.length)));
};

function readLine(text: string, line: number): ImportLine | { readonly errors: ImportAnswer['errors'] } {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, '').replaceAll('\\u0000', ''));
  } catch (error) {
    return { errors: [{ line, field: '', problem: `not JSON: ${(error as Error).message.slice(0, 200)}` }] };
  }
  const read = ClaimEventFields.safeParse(content);
  if (read.success) return { line, change: read.data };
  return { errors: read.error.issues.map((issue) => ({ line, field: issue.path.join('.'), problem: issue.message })) };
}
