import type { z } from 'zod';
import { heardServerTime } from './hub-clock';
import { NetworkError, problemOf } from './problems';

/** What a request may add. `key` makes a POST safe to repeat; without one every POST gets a fresh key. */
export interface RequestOptions {
  readonly key?: string;
  readonly signal?: AbortSignal;
}

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

let signedOut: () => void = () => undefined;

/** Whom to tell that the session has ended (one listener: the shell). */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

/** Ends the screen's session, as after a 401. */
export function tellSignedOut(): void {
  signedOut();
}

/** A key for one intent of a person. Plain http hosts have no `randomUUID`. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `path` with a query; empty and missing values are left out. */
export function withQuery(path: string, query: Query): string {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  if (entries.length === 0) return path;
  return `${path}?${new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString()}`;
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new NetworkError('the hub was not reached');
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    const text = await response.text();
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

async function request(method: Method, path: string, body: unknown, options: RequestOptions): Promise<unknown> {
  const headers: Record<string, string> = { accept: 'application/json', 'x-requested-with': 'claimline-console' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method === 'POST') headers['idempotency-key'] = options.key ?? newKey();
  const init: RequestInit = { method, headers, signal: options.signal };
  if (body !== undefined) init.body = JSON.stringify(body);
  const response = await ask(path, init);
  heardServerTime(response.headers.get('date'));
  const answer = await bodyOf(response);
  if (response.ok) return answer;
  const problem = problemOf(response.status, answer, response.headers.get('retry-after'));
  if (problem.code === 'not-signed-in') signedOut();
  throw problem;
}

async function read<Answer>(schema: z.ZodType<Answer> | undefined, answer: Promise<unknown>): Promise<Answer> {
  const got = await answer;
  return schema ? schema.parse(got) : (got as Answer);
}

/**
 * The hub's REST. Paths start with `/api`. With a schema the answer is checked and typed; without one it is not looked at.
 * Rejects with `ApiError` or `NetworkError`.
 */
export const api = {
  get: <Answer>(path: string, schema: z.ZodType<Answer>, options: RequestOptions = {}): Promise<Answer> =>
    read(schema, request('GET', path, undefined, options)),
  post: <Answer = unknown>(path: string, body?: unknown, schema?: z.ZodType<Answer>, options: RequestOptions = {}): Promise<Answer> =>
    read(schema, request('POST', path, body ?? {}, options)),
  put: <Answer = unknown>(path: string, body: unknown, schema?: z.ZodType<Answer>, options: RequestOptions = {}): Promise<Answer> =>
    read(schema, request('PUT', path, body, options)),
  patch: <Answer = unknown>(path: string, body: unknown, schema?: z.ZodType<Answer>, options: RequestOptions = {}): Promise<Answer> =>
    read(schema, request('PATCH', path, body, options)),
  delete: <Answer = unknown>(path: string, body?: unknown, schema?: z.ZodType<Answer>, options: RequestOptions = {}): Promise<Answer> =>
    read(schema, request('DELETE', path, body, options)),
};
