import { SESSION_COOKIE } from '../http/principal';
import { serveHub, type ServedHub } from '../http/testing/served-hub';

let served: ServedHub;
let admin: string;

beforeAll(async () => {
  served = await serveHub();
  admin = await served.cookieOf('administrator');
}, 60_000);
afterAll(() => served?.close());

interface Answer {
  readonly status: number;
  readonly body: any;
}

async function call(method: string, path: string, body?: object, cookie = admin): Promise<Answer> {
  const headers = { cookie, origin: served.url, ...(body && { 'content-type': 'application/json' }) };
  const response = await fetch(served.url + path, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
}

async function signIn(email: string, password: string): Promise<string | undefined> {
  const response = await fetch(`${served.url}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: served.url },
    body: JSON.stringify({ email, password }),
  });
  const cookie = response.headers.getSetCookie().find((one) => one.startsWith(SESSION_COOKIE));
  return response.ok ? cookie?.split(';')[0] : undefined;
}

const WANG = {
  email: 'Wang.Fang@insurer.example',
  name: '王芳',
  role: 'adjuster',
  externalId: 'H-7',
  profile: {
    teams: ['Motor'],
    lines: { motor: 5 },
    languages: { 'zh-CN': 5 },
    licences: { CN: null },
    capacity: 60,
    timeZone: 'Asia/Shanghai',
  },
};

test('an account is made with its place in the router, signs in with its first password, and is then its own', async () => {
  const made = await call('POST', '/api/accounts', WANG);
  expect(made.status).toBe(201);
  expect(made.body.account).toMatchObject({
    email: 'wang.fang@insurer.example',
    role: 'adjuster',
    active: true,
    profile: { ...WANG.profile },
  });
  const cookie = await signIn('wang.fang@insurer.example', made.body.password);
  expect(cookie).toBeDefined();
  const other = await signIn('wang.fang@insurer.example', made.body.password);
  const wrong = await call('POST', '/api/me/password', { current: 'not it at all', password: 'a longer secret' }, cookie);
  expect(wrong.body.code).toBe('wrong-credentials');
  const changed = await call('POST', '/api/me/password', { current: made.body.password, password: 'a longer secret' }, cookie);
  expect(changed.status).toBe(204);
  expect((await call('GET', '/api/me', undefined, cookie)).status).toBe(200);
  expect((await call('GET', '/api/me', undefined, other)).status).toBe(401);
  expect(await signIn('wang.fang@insurer.example', made.body.password)).toBeUndefined();
  expect(await signIn('wang.fang@insurer.example', 'a longer secret')).toBeDefined();
  expect(JSON.stringify((await call('GET', '/api/accounts')).body)).not.toContain('$argon2');
});

test('the same address or the same handler number twice is refused by name', async () => {
  expect((await call('POST', '/api/accounts', { ...WANG, email: 'WANG.FANG@insurer.example', externalId: 'H-8' })).body.code).toBe(
    'already-exists',
  );
  expect((await call('POST', '/api/accounts', { ...WANG, email: 'other@insurer.example' })).body.code).toBe('already-exists');
});

test('a closed account is signed out at once and signs in no more; opened again it does', async () => {
  const { body } = await call('POST', '/api/accounts', { email: 'li@insurer.example', name: '李', role: 'hotline' });
  const cookie = await signIn('li@insurer.example', body.password);
  const closed = await call('PATCH', `/api/accounts/${body.account.id}`, { active: false });
  expect(closed.body).toMatchObject({ active: false, role: 'hotline', profile: null });
  expect((await call('GET', '/api/me', undefined, cookie)).status).toBe(401);
  expect(await signIn('li@insurer.example', body.password)).toBeUndefined();
  await call('PATCH', `/api/accounts/${body.account.id}`, { active: true });
  const renewed = await call('POST', `/api/accounts/${body.account.id}/password`);
  expect(await signIn('li@insurer.example', body.password)).toBeUndefined();
  expect(await signIn('li@insurer.example', renewed.body.password)).toBeDefined();
});

test('what is left out stays, null takes away', async () => {
  const [account] = (await call('GET', '/api/accounts')).body.items.filter((one: any) => one.externalId === 'H-7');
  const after = await call('PATCH', `/api/accounts/${account.id}`, { phone: '+8613800000000', profile: { capacity: 80 } });
  expect(after.body).toMatchObject({ phone: '+8613800000000', externalId: 'H-7', profile: { capacity: 80, teams: ['Motor'] } });
  expect((await call('PATCH', `/api/accounts/${account.id}`, { phone: null })).body.phone).toBeNull();
});

test('the last administrator cannot be closed or made something else', async () => {
  const { items } = (await call('GET', '/api/accounts')).body;
  const administrators = items.filter((one: any) => one.role === 'administrator');
  for (const change of [{ active: false }, { role: 'adjuster' }])
    expect((await call('PATCH', `/api/accounts/${administrators[0].id}`, change)).body.code).toBe('last-administrator');
  await call('POST', '/api/accounts', { email: 'second@insurer.example', name: 'Second', role: 'administrator' });
  expect((await call('PATCH', `/api/accounts/${administrators[0].id}`, { name: 'First' })).status).toBe(200);
});

test('a key opens until it is revoked, and its secret is told once', async () => {
  const { body } = await call('POST', '/api/api-keys', { name: 'Claim core', role: 'integration' });
  const knock = async (): Promise<number> =>
    (
      await fetch(`${served.url}/api/claim-events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${body.key}`, 'content-type': 'application/cloudevents-batch+json' },
        body: '[]',
      })
    ).status;
  expect(await knock()).not.toBe(401);
  expect(JSON.stringify((await call('GET', '/api/api-keys')).body)).not.toContain(body.key);
  expect((await call('DELETE', `/api/api-keys/${body.id}`)).status).toBe(204);
  expect(await knock()).toBe(401);
  expect((await call('DELETE', `/api/api-keys/${body.id}`)).status).toBe(404);
});

test('nobody but an administrator keeps accounts and keys; an auditor reads', async () => {
  for (const role of ['adjuster', 'supervisor', 'hotline'] as const) {
    const cookie = await served.cookieOf(role);
    expect((await call('GET', '/api/accounts', undefined, cookie)).status).toBe(403);
    expect((await call('POST', '/api/api-keys', { name: 'x', role: 'integration' }, cookie)).status).toBe(403);
  }
  const auditor = await served.cookieOf('auditor');
  expect((await call('GET', '/api/accounts', undefined, auditor)).status).toBe(200);
  expect((await call('POST', '/api/accounts', WANG, auditor)).status).toBe(403);
});
