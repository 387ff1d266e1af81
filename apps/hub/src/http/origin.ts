import type { FastifyRequest } from 'fastify';
import { isLoopback, type Config } from '../config';
import { HubProblem } from './problem';
import { SESSION_COOKIE } from './principal';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The addresses by which the hub calls itself, and which a page of ours therefore may come from. */
export function isOurOrigin(origin: string | undefined, host: string | undefined, publicUrl: string | undefined): boolean {
  if (!origin) return false;
  if (publicUrl && origin === new URL(publicUrl).origin) return true;
  const from = URL.canParse(origin) ? new URL(origin) : undefined;
  const to = host && URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined;
  if (!from || !to) return false;
  return from.host === to.host || (isLoopback(from.hostname) && isLoopback(to.hostname) && from.port === to.port);
}

// Only a key proves that no browser sent this by itself; any other word there leaves the cookie in charge.
const isBearer = (request: FastifyRequest): boolean => /^Bearer ./i.test(request.headers.authorization ?? '');

/** Refuses a write that carries the cookie but does not come from a page of ours (cross-site request forgery). */
export function refuseForeignWrite(request: FastifyRequest, config: Config): void {
  if (READING.has(request.method) || !request.cookies[SESSION_COOKIE] || isBearer(request)) return;
  if (!isOurOrigin(request.headers.origin, request.headers.host, config.publicUrl)) throw new HubProblem('wrong-origin');
  const type = request.headers['content-type'] ?? '';
  const multipart = type.startsWith('multipart/form-data') && request.headers['x-requested-with'] !== undefined;
  if (
    type &&
    !multipart &&
    !type.startsWith('application/json') &&
    !type.startsWith('application/x-ndjson') &&
    !type.startsWith('text/csv')
  )
    throw new HubProblem('unsupported-type');
}

/** In demo mode only names of this machine are answered: a page elsewhere cannot reach us by rebinding its name (DNS rebinding). */
export function refuseForeignHost(request: FastifyRequest, config: Config): void {
  if (config.demo && !isLoopback(request.hostname.replace(/:\d+$/, ''))) throw new HubProblem('not-allowed', { host: request.hostname });
}
