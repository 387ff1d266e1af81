import { lookup, type LookupAddress } from 'node:dns';
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import zlib from 'node:zlib';

/** How long a connection may take to stand, and a whole exchange to end (for a caller with a signal of its own: an answer to begin), in milliseconds. */
interface Patience {
  readonly connecting: number;
  readonly whole: number;
}

const PATIENCE: Patience = { connecting: 10_000, whole: 15_000 };
// Shorter than servers usually keep an idle connection, so that we do not write into one that has just been closed.
const IDLE_MS = 4_000;
const WITHOUT_BODY: readonly number[] = [204, 205, 304];

/** Thrown for an address that points inward (SSRF) or is not http(s). */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/**
 * The one client for outgoing requests: http(s) only, no private or local address unless allowed, never follows a redirect. Fifteen
 * seconds for everything; a caller with a signal of its own decides how long a body may take: a film of a phone comes slowly.
 * A name is resolved once, by the connection itself, and every answer checked: what was checked is what is connected to,
 * so that a name cannot point outward once and inward the next time. Bodies are sent from memory, with their length.
 */
export function guardedFetch(allowPrivate: boolean, patience: Patience = PATIENCE): typeof fetch {
  const connecting = { keepAlive: true, timeout: IDLE_MS, lookup: allowPrivate ? undefined : outwardLookup };
  // Connections of our own: one of somebody else's pool was not checked.
  const agents = { 'http:': new http.Agent(connecting), 'https:': new https.Agent(connecting) };
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input.toString());
    const { protocol } = url;
    if (protocol !== 'https:' && protocol !== 'http:') throw new ForbiddenAddress(`${protocol} is not http or https`);
    if (!allowPrivate) refuseInwardLiteral(url.hostname);
    const asked = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    const tooLong = new AbortController();
    const timer = setTimeout(() => tooLong.abort(new DOMException('the answer took too long', 'TimeoutError')), patience.whole).unref();
    const signal = asked ? AbortSignal.any([asked, tooLong.signal]) : tooLong.signal;
    signal.throwIfAborted();
    const request = new Request(input, { ...init, signal: null });
    const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
    const options = { method: request.method, headers: headersOf(request, body), agent: agents[protocol], signal };
    const answer = await exchange(url, { ...options, connecting: patience.connecting }, body).finally(
      () => init?.signal && clearTimeout(timer),
    );
    return responseOf(url, request.method, answer);
  };
}

function headersOf({ headers, method }: Request, body: Buffer | undefined): Record<string, string> {
  const length = body?.byteLength ?? (['POST', 'PUT', 'PATCH'].includes(method) ? 0 : undefined);
  return {
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': 'claimline',
    ...Object.fromEntries(headers),
    ...(length !== undefined && { 'content-length': String(length) }),
  };
}

type Exchange = RequestOptions & { readonly signal: AbortSignal; readonly connecting: number };

function exchange(url: URL, options: Exchange, body: Buffer | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, options, resolve);
    // Fails as the platform's fetch does, whose callers look at the cause.
    request.on('error', (error) => {
      if (options.signal.aborted) reject(options.signal.reason as Error);
      else reject(error instanceof ForbiddenAddress ? error : new TypeError('fetch failed', { cause: error }));
    });
    request.once('socket', (socket) => giveUpConnecting(socket, options.connecting, url.protocol === 'https:'));
    request.end(body);
  });
}

// Told apart from a silent answer, under the code of the platform's fetch: nothing of the request has left.
function giveUpConnecting(socket: Socket, milliseconds: number, secure: boolean): void {
  if (!socket.connecting) return;
  const tooLong = Object.assign(new Error('the connection took too long'), { code: 'UND_ERR_CONNECT_TIMEOUT' });
  const timer = setTimeout(() => socket.destroy(tooLong), milliseconds);
  for (const over of [secure ? 'secureConnect' : 'connect', 'close']) socket.once(over, () => clearTimeout(timer));
}

function responseOf(url: URL, method: string, answer: IncomingMessage): Response {
  const { statusCode: status = 0, statusMessage: statusText, rawHeaders } = answer;
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at]!, rawHeaders[at + 1]!);
  const empty = method === 'HEAD' || WITHOUT_BODY.includes(status);
  if (empty) answer.resume();
  const body = empty ? null : (Readable.toWeb(decoded(answer)) as ReadableStream);
  const response = new Response(body, { status, statusText, headers });
  return Object.defineProperty(response, 'url', { value: url.href });
}

function decoded(answer: IncomingMessage): Readable {
  const decoder = decoderOf(answer.headers['content-encoding']?.trim().toLowerCase());
  // An error on the way reaches the reader through the last stream.
  return decoder ? pipeline(answer, decoder, () => undefined) : answer;
}

function decoderOf(coding: string | undefined): zlib.Gunzip | zlib.BrotliDecompress | undefined {
  if (coding === 'gzip' || coding === 'x-gzip' || coding === 'deflate') return zlib.createUnzip();
  return coding === 'br' ? zlib.createBrotliDecompress() : undefined;
}

function refuseInwardLiteral(hostname: string): void {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && isInward(host)) throw forbidden(hostname);
}

const outwardLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? [];
    if (error || !first) return done(error ?? new Error(`${hostname} has no address`), '', 0);
    if (addresses.some(({ address }) => isInward(address))) return done(forbidden(hostname), '', 0);
    return options.all ? done(null, addresses) : done(null, first.address, first.family);
  });
};

const forbidden = (hostname: string): ForbiddenAddress =>
  new ForbiddenAddress(`${hostname} leads to a private address; HUB_ALLOW_PRIVATE=true permits that`);

const INWARD_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
];

/** Whether an IP address lies in a private, local, link-local, carrier or multicast range (IANA special-purpose registries). */
export function isInward(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (isIP(mapped ?? address) === 4) {
    const number = v4(mapped ?? address);
    return INWARD_V4.some(([range, bits]) => number >>> (32 - bits) === v4(range) >>> (32 - bits));
  }
  return /^(::1?$|fe[89ab]|f[cd]|ff|64:ff9b|::ffff:)/i.test(address);
}

const v4 = (address: string): number => address.split('.').reduce((number, part) => (number * 256 + Number(part)) >>> 0, 0);
