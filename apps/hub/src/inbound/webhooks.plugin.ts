import { ChannelError, EMPTY_OK, type Door, type Inbound, type WebhookRequest, type WebhookResponse } from '@claimline/messages';
import type { Clock } from '@claimline/database';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HubProblem } from '../http/problem';
import { sendProblem, toProblem } from '../http/problem.filter';
import { inboundCounter } from '../operations/metrics';
import type { InboundDesk } from './inbound-desk';
import type { OpenInbox, OpenInboxes } from './open-inboxes';
import { packRequest } from './raw-request';

const BODY_LIMIT = 5 * 1024 * 1024;

/** What the webhook door needs. */
export interface WebhookDeps {
  readonly clock: Clock;
  readonly inboxes: OpenInboxes;
  readonly desk: InboundDesk;
  /** The configured address under which providers reach us. Where none is configured, a request was sent to the host it names: a signature proves that too. */
  readonly publicUrl: string | undefined;
}

/**
 * Providers' door: any method, any content type, the bytes untouched. Straight on Fastify, because a thousand of these a second
 * should pay for nothing that only browsers need.
 */
export async function webhooks(server: FastifyInstance, deps: WebhookDeps): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_, body, done) => done(null, body));
    const handler = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => answer(request, reply, deps);
    // Providers are no browsers: of the headers that guard pages they get one, because a challenge is answered with what came.
    const method = scope.supportedMethods;
    for (const url of ['/webhooks/:inboxId', '/webhooks/:inboxId/*']) scope.route({ method, url, helmet: false, handler });
  });
}

async function answer(request: FastifyRequest, reply: FastifyReply, deps: WebhookDeps): Promise<FastifyReply> {
  try {
    const response = await receive(request, deps);
    return reply
      .status(response.status)
      .headers({ 'x-content-type-options': 'nosniff', ...response.headers })
      .send(response.body);
  } catch (error) {
    sendProblem(reply, request, problemOf(error));
    return reply;
  }
}

async function receive(request: FastifyRequest, deps: WebhookDeps): Promise<WebhookResponse> {
  const params = request.params as { inboxId: string; '*'?: string };
  const inbox = await deps.inboxes.find(params.inboxId);
  const door = inbox?.channel.doors.find((one): one is Extract<Door, { via: 'webhook' }> => one.via === 'webhook');
  if (!inbox || !door) throw new HubProblem('not-found');
  const hook = toWebhookRequest(request, params['*'] ?? '', deps.publicUrl ?? `${request.protocol}://${request.host}`);
  const raw = { door: 'webhook', body: packRequest(hook), receivedAt: deps.clock.now() } as const;
  const inbound = await read(door, hook, inbox);
  if (inbound instanceof ChannelError) {
    await deps.desk.keepForPerson(inbox, raw, { reason: 'malformed', detail: inbound.message });
    return EMPTY_OK;
  }
  const outcome = await deps.desk.take(inbox, inbound, raw);
  return inbound.answer?.(outcome) ?? EMPTY_OK;
}

// Signed by the provider but not understood is ours to look at; the provider is told that we have it. Anything unsigned is refused.
async function read(door: Extract<Door, { via: 'webhook' }>, hook: WebhookRequest, inbox: OpenInbox): Promise<Inbound | ChannelError> {
  try {
    return await door.receive(hook);
  } catch (error) {
    if (error instanceof ChannelError && error.fate === 'malformed') return error;
    if (error instanceof ChannelError && error.fate === 'unauthentic')
      inboundCounter.inc({ channel: inbox.kind, kind: 'webhook', outcome: 'refused' });
    throw error;
  }
}

function toWebhookRequest(request: FastifyRequest, path: string, publicUrl: string): WebhookRequest {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  return {
    method: request.method,
    url: publicUrl + request.raw.url!,
    path,
    headers,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
}

function problemOf(error: unknown): HubProblem {
  if (error instanceof ChannelError && error.fate === 'unauthentic') return new HubProblem('unauthentic');
  return toProblem(error);
}
