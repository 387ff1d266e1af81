import dns from 'node:dns';
import dnsPromises from 'node:dns/promises';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import zlib from 'node:zlib';
import { guardedFetch } from './guarded-fetch';

// Documentation addresses (RFC 5737): outward, and nobody answers there.
const OUTWARD = { address: '203.0.113.7', family: 4 };
const INWARD = { address: '127.0.0.1', family: 4 };

let heard: { method?: string; url?: string; headers: IncomingMessage['headers']; body: string }[] = [];
let answer: (response: ServerResponse, request: IncomingMessage) => void = (response) => response.end('hello');
const server = http.createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { method, url, headers } = request;
  heard.push({ method, url, headers, body: Buffer.concat(parts).toString('utf8') });
  answer(response, request);
});
let port: number;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  heard = [];
  answer = (response) => response.end('hello');
});
afterEach(() => jest.restoreAllMocks());

/** A name server that answers each question with the next of these, the last one for ever. */
function names(...answers: (typeof OUTWARD)[][]): void {
  const next = () => (answers.length > 1 ? answers.shift()! : answers[0]!);
  jest.spyOn(dnsPromises, 'lookup').mockImplementation((async () => next()) as never);
  jest.spyOn(dns, 'lookup').mockImplementation(((_name: string, options: { all?: boolean }, done: (...args: unknown[]) => void) => {
    const found = next();
    if (options.all) done(null, found);
    else done(null, found[0]!.address, found[0]!.family);
  }) as never);
}

const outside = guardedFetch(false);
const anywhere = guardedFetch(true);
const here = (path = '/'): string => `http://localhost:${port}${path}`;

test('a name that points outward when asked first and inward the next time never reaches the inside', async () => {
  names([OUTWARD], [INWARD]);
  const first = outside(`http://rebinding.test:${port}/`, { signal: AbortSignal.timeout(300) });
  await expect(first).rejects.toThrow();
  await expect(outside(`http://rebinding.test:${port}/`)).rejects.toMatchObject({ name: 'ForbiddenAddress' });
  expect(heard).toEqual([]);
});

test.each([
  ['a name with one inward answer among others', 'http://mixed.test/'],
  ['an address', 'http://127.0.0.1/'],
  ['an address of the sixth version', 'http://[::1]/'],
  ['a mapped address', 'http://[::ffff:10.0.0.1]/'],
  ['another protocol', 'ftp://example.test/'],
])('%s is refused', async (_what, url) => {
  names([OUTWARD, INWARD]);
  await expect(outside(url)).rejects.toMatchObject({ name: 'ForbiddenAddress' });
});

test('a redirect is handed back and never followed, whatever the caller asks for', async () => {
  answer = (response) => response.writeHead(302, { location: '/inside' }).end();
  const response = await anywhere(here('/a'), { redirect: 'follow' });
  expect([response.status, response.headers.get('location'), heard.map(({ url }) => url)]).toEqual([302, '/inside', ['/a']]);
});

test('headers, forms and files arrive, with their length', async () => {
  await anywhere(here(), { method: 'POST', headers: { authorization: 'Basic x' }, body: new URLSearchParams({ To: '+1 5' }) });
  const form = new FormData();
  form.set('media', new Blob(['picture'], { type: 'image/png' }), 'a.png');
  await anywhere(new URL(here('/upload')), { method: 'POST', body: form });
  const [first, second] = heard;
  expect(first).toMatchObject({
    method: 'POST',
    body: 'To=%2B1+5',
    headers: { authorization: 'Basic x', 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8', 'content-length': '9' },
  });
  expect(second!.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(Number(second!.headers['content-length'])).toBe(Buffer.byteLength(second!.body));
  expect(second!.body).toContain('filename="a.png"');
});

test('an answer is a response like any other: status, repeated headers, address, packed body', async () => {
  answer = (response) =>
    response.writeHead(201, { 'set-cookie': ['a=1', 'b=2'], 'content-encoding': 'gzip' }).end(zlib.gzipSync('{"ok":true}'));
  const response = await anywhere(here('/packed'));
  expect([response.ok, response.status, response.url, response.headers.getSetCookie()]).toEqual([
    true,
    201,
    here('/packed'),
    ['a=1', 'b=2'],
  ]);
  expect(await response.json()).toEqual({ ok: true });
  answer = (response) => response.writeHead(204).end();
  expect((await anywhere(here(), { method: 'DELETE' })).body).toBeNull();
});

test('a body streams, and breaks off when the caller has had enough', async () => {
  answer = (response) => void response.write('the first part');
  const enough = new AbortController();
  const reader = (await anywhere(here(), { signal: enough.signal })).body!.getReader();
  expect(Buffer.from((await reader.read()).value!).toString()).toBe('the first part');
  enough.abort();
  await expect(reader.read()).rejects.toThrow();
});

test('failures look as those of fetch: patience, and a cause for what broke', async () => {
  answer = () => undefined;
  await expect(anywhere(here(), { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ name: 'TimeoutError' });
  answer = (_response, request) => request.socket.destroy();
  await expect(anywhere(here())).rejects.toMatchObject({ name: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNRESET' } });
});

test('a caller with a patience of its own may take longer over a body than an answer may take to begin', async () => {
  const hasty = guardedFetch(true, { connecting: 1_000, whole: 200 });
  answer = (response) => {
    response.write('the first part, ');
    setTimeout(() => response.end('the last'), 500);
  };
  await expect((await hasty(here())).text()).rejects.toThrow();
  expect(await (await hasty(here(), { signal: AbortSignal.timeout(5_000) })).text()).toBe('the first part, the last');
  answer = () => undefined;
  await expect(hasty(here(), { signal: AbortSignal.timeout(5_000) })).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a connection that never stands is told apart from an answer that never comes', async () => {
  const silent = net.createServer((socket) => socket.resume().on('error', () => undefined));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const hasty = guardedFetch(true, { connecting: 50, whole: 5_000 });
  const { port: closed } = silent.address() as AddressInfo;
  await expect(hasty(`https://localhost:${closed}/`)).rejects.toMatchObject({ cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } });
  silent.close();
});
