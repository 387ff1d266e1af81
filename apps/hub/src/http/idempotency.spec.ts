import { serveHub, type ServedHub } from './testing/served-hub';

let served: ServedHub;
let cookie: string;
beforeAll(async () => {
  served = await serveHub();
  cookie = await served.cookieOf('adjuster');
}, 60_000);
afterAll(() => served?.close());

async function post(
  path: string,
  key: string,
  sent: { body: string | FormData; type?: string },
  who = cookie,
): Promise<[number, any, string | null]> {
  const headers = {
    cookie: who,
    origin: served.url,
    'idempotency-key': key,
    'x-requested-with': 'test',
    ...(sent.type && { 'content-type': sent.type }),
  };
  const answer = await fetch(served.url + path, { method: 'POST', headers, body: sent.body });
  return [answer.status, await answer.json(), answer.headers.get('idempotency-replayed')];
}

const task = (title: string) => ({
  body: JSON.stringify({ kind: 'callback', reason: title, due: '2026-12-01T10:00:00Z' }),
  type: 'application/json',
});

const upload = (text: string): { body: FormData } => {
  const body = new FormData();
  body.append('file', new Blob([text], { type: 'text/plain' }), 'note.txt');
  return { body };
};

test('the same request again gets the first answer, and does nothing', async () => {
  const [status, first] = await post('/api/tasks', 'key-1', task('one'));
  expect([status, typeof first.id]).toEqual([201, 'string']);
  expect(await post('/api/tasks', 'key-1', task('one'))).toEqual([201, first, 'true']);
});

test('another body under the same key is refused', async () => {
  await post('/api/tasks', 'key-2', task('one'));
  expect(await post('/api/tasks', 'key-2', task('another'))).toMatchObject([422, { code: 'idempotency-key-reused' }, null]);
});

test('a key belongs to whoever used it', async () => {
  const [, mine] = await post('/api/tasks', 'key-3', task('one'));
  const [status, theirs] = await post('/api/tasks', 'key-3', task('one'), await served.cookieOf('adjuster'));
  expect(status).toBe(201);
  expect(theirs.id).not.toBe(mine.id);
});

test('an upload again is one file, and another file under its key is refused', async () => {
  const [status, first] = await post('/api/attachments', 'key-4', upload('the first'));
  expect(status).toBe(201);
  expect(await post('/api/attachments', 'key-4', upload('the first'))).toEqual([201, first, 'true']);
  expect(await post('/api/attachments', 'key-4', upload('another, longer one'))).toMatchObject([
    422,
    { code: 'idempotency-key-reused' },
    null,
  ]);
});

test('a request that failed may be sent again under its key', async () => {
  const [refused] = await post('/api/tasks', 'key-5', { body: '{}', type: 'application/json' });
  expect(refused).toBe(422);
  const [status] = await post('/api/tasks', 'key-5', task('now right'));
  expect(status).toBe(201);
});
