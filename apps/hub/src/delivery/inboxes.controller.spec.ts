import { Deliveries, Inboxes, SendingQueue, type DeliveryRow } from '@claimline/delivery';
import type { Principal } from '../http/principal';
import { InboxRegistry } from './inbox-registry';
import { SendDelivery } from './send-delivery';
import { openDeliveryHub, type DeliveryHub } from './testing/delivery-hub';

let hub: DeliveryHub;
beforeAll(async () => (hub = await openDeliveryHub()));
afterAll(() => hub.close());
beforeEach(() => {
  hub.twilio.misbehave(null);
  hub.around.principal = person('administrator');
});

const person = (role: Principal['role']): Principal => ({
  kind: 'account',
  id: '01970000-0000-7000-8000-000000000001',
  name: 'Ada',
  role,
  brandIds: [],
  groups: [],
});

async function call(method: string, path: string, body?: object): Promise<{ status: number; json: any; text: string }> {
  const response = await fetch(`${hub.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', cookie: 'claimline_session=x', origin: hub.url, connection: 'close' },
    body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
  });
  const text = await response.text();
  return { status: response.status, json: text ? JSON.parse(text) : undefined, text };
}

const newSms = (number: string) => {
  const { config, secrets } = hub.twilio.newLine(number);
  return { kind: 'twilio-sms', name: 'Claims SMS', region: 'us', config, secrets };
};

const MAIL = {
  kind: 'email',
  name: 'Claims mail',
  config: { address: 'claims@demo.test', 'smtp.host': 'smtp.demo.test', 'smtp.secure': false, 'imap.port': 993, 'imap.secure': false },
  secrets: { smtpPassword: 'p4ss' },
};

test('the form of every kind has a title and a description for each field, and secrets are secrets', async () => {
  const { json } = await call('GET', '/api/channel-kinds');
  const sms = json.items.find((one: any) => one.kind === 'twilio-sms');
  expect(sms.fields.map((field: any) => [field.name, field.type, field.required])).toEqual([
    ['accountSid', 'text', true],
    ['phoneNumber', 'text', true],
    ['apiBaseUrl', 'text', false],
    ['messagingServiceSid', 'text', false],
    ['authToken', 'secret', true],
  ]);
  const mail = json.items.find((one: any) => one.kind === 'email');
  const named = (name: string) => mail.fields.find((field: any) => field.name === name);
  expect(named('smtp.host')).toMatchObject({ type: 'text', required: true, title: 'SMTP server' });
  expect(named('smtp.port')).toMatchObject({ type: 'number', required: false, default: 587 });
  expect(named('imap.host')).toMatchObject({ required: false });
  for (const { kind, fields } of json.items)
    for (const field of fields) expect([kind, field.name, field.title.length > 0]).toEqual([kind, field.name, true]);
});

test('an inbox is made, tested against the vendor, and never shows its secrets', async () => {
  const wanted = newSms('+15550100200');
  const made = await call('POST', '/api/inboxes', wanted);
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({
    kind: 'twilio-sms',
    address: '+15550100200',
    state: 'active',
    secretFields: ['authToken'],
    webhookUrl: `${hub.url}/webhooks/${made.json.id}`,
  });
  const line = {
    ...hub.line,
    inboxId: made.json.id,
    address: '+15550100200',
    webhookUrl: made.json.webhookUrl,
    config: wanted.config,
    secrets: wanted.secrets,
  };
  await hub.twilio.connect(line);
  const check = await call('POST', `/api/inboxes/${made.json.id}/check`);
  expect(check.json).toEqual({ ok: true, detail: expect.any(String) });
  const list = await call('GET', '/api/inboxes');
  expect(list.text).not.toContain(wanted.secrets['authToken']);
  expect(made.text).not.toContain(wanted.secrets['authToken']);
  const audited = await hub.database.query<{ facts: object }>({
    name: 'audited',
    text: `SELECT facts FROM audit WHERE action = 'inbox.create' AND subject_id = $1`,
    values: [made.json.id],
  });
  expect(audited).toHaveLength(1);
});

test('a wrong token is named by its field, and by its name in the form', async () => {
  const made = await call('POST', '/api/inboxes', newSms('+15550100201'));
  const check = await call('POST', `/api/inboxes/${made.json.id}/check`);
  expect(check.json).toMatchObject({ ok: false });
  expect(['authToken', 'accountSid']).toContain(check.json.field);
});

test('wrong settings are refused with the path of the field', async () => {
  const wanted = newSms('+15550100202');
  const answer = await call('POST', '/api/inboxes', { ...wanted, config: { ...wanted.config, phoneNumber: '555' } });
  expect([answer.status, answer.json.code, answer.json.fields[0].path]).toEqual([422, 'invalid', 'config.phoneNumber']);
  expect((await call('POST', '/api/inboxes', { ...wanted, kind: 'pigeon' })).json.fields[0].path).toBe('kind');
});

test('the same line twice is refused', async () => {
  expect((await call('POST', '/api/inboxes', newSms('+15550100203'))).status).toBe(201);
  const again = await call('POST', '/api/inboxes', newSms('+15550100203'));
  expect([again.status, again.json.code]).toEqual([409, 'already-exists']);
});

test('settings in groups come and go by the names of the form; an optional group that nobody filled in is no group', async () => {
  const made = await call('POST', '/api/inboxes', MAIL);
  expect(made.status).toBe(201);
  expect(made.json.config).toMatchObject({ address: 'claims@demo.test', 'smtp.host': 'smtp.demo.test', 'smtp.port': 587 });
  const row = await hub.app.get(Inboxes).find(hub.database, made.json.id);
  expect(row!.config).toMatchObject({ smtp: { host: 'smtp.demo.test' } });
  expect(row!.config['imap']).toBeUndefined();
});

test('a change keeps the secrets that were not typed, and opens the line anew', async () => {
  const made = await call('POST', '/api/inboxes', newSms('+15550100204'));
  const before = (await hub.app.get(InboxRegistry).find(made.json.id))!;
  const changed = await call('PATCH', `/api/inboxes/${made.json.id}`, {
    name: 'Renamed',
    config: { ...made.json.config, phoneNumber: '+15550100205' },
  });
  expect(changed.json).toMatchObject({ name: 'Renamed', address: '+15550100205', secretFields: ['authToken'] });
  const after = (await hub.app.get(InboxRegistry).find(made.json.id))!;
  expect([after.version > before.version, after.address, after.channel !== before.channel]).toEqual([true, '+15550100205', true]);
});

test('an inbox that a person stopped is not started by a green test, one that the hub stopped is', async () => {
  const stop = async (how: () => Promise<unknown>) => {
    await hub.app.get(Inboxes).find(hub.database, hub.inboxId);
    await how();
    await call('POST', `/api/inboxes/${hub.inboxId}/check`);
    return (await hub.app.get(Inboxes).find(hub.database, hub.inboxId))!.state;
  };
  expect(await stop(() => call('PATCH', `/api/inboxes/${hub.inboxId}`, { state: 'stopped' }))).toBe('stopped');
  await call('PATCH', `/api/inboxes/${hub.inboxId}`, { state: 'active' });
  const { version } = (await hub.app.get(Inboxes).find(hub.database, hub.inboxId))!;
  expect(
    await stop(() => hub.database.transaction((tx) => hub.app.get(Inboxes).stop(tx, hub.inboxId, 'authToken: refused', version))),
  ).toBe('active');
});

test('one inbox that cannot be opened leaves the others alone, and says why', async () => {
  const made = await call('POST', '/api/inboxes', newSms('+15550100206'));
  await hub.database.query({
    name: 'break',
    text: `UPDATE inboxes SET config = '{}', version = version + 1 WHERE id = $1`,
    values: [made.json.id],
  });
  hub.app.get(InboxRegistry);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(await hub.app.get(InboxRegistry).find(made.json.id)).toBeUndefined();
  expect(await hub.app.get(InboxRegistry).find(hub.inboxId)).toBeDefined();
  const { json } = await call('GET', '/api/inboxes');
  expect(json.items.find((one: any) => one.id === made.json.id).problem).toContain('config.accountSid');
});

test('only administrators touch inboxes, supervisors may look, strangers may nothing', async () => {
  hub.around.principal = person('supervisor');
  expect((await call('GET', '/api/inboxes')).status).toBe(200);
  expect((await call('POST', '/api/inboxes', newSms('+15550100207'))).status).toBe(403);
  expect((await call('PATCH', `/api/inboxes/${hub.inboxId}`, { name: 'x' })).status).toBe(403);
  expect((await call('POST', `/api/inboxes/${hub.inboxId}/check`)).status).toBe(403);
  hub.around.principal = person('adjuster');
  expect((await call('GET', '/api/inboxes')).status).toBe(403);
  hub.around.principal = undefined;
  for (const [method, path] of [
    ['GET', '/api/inboxes'],
    ['GET', '/api/channel-kinds'],
    ['POST', `/api/deliveries/${hub.inboxId}/retry`],
    ['POST', `/api/messages/${hub.inboxId}/resend`],
  ] as const) {
    expect([path, (await call(method, path)).status]).toEqual([path, 401]);
  }
});

async function failed(text: string): Promise<DeliveryRow> {
  hub.twilio.misbehave({ how: 'refuse', times: 1 });
  const delivery = await hub.send({ text });
  const [claimed] = await hub.app.get(SendingQueue).take(hub.inboxId, 8);
  await hub.app.get(SendDelivery).send(claimed!);
  return hub.state(delivery.id);
}

const audited = (subjectId: string) =>
  hub.database.query({
    name: 'audited-about',
    text: 'SELECT action, actor_id, facts FROM audit WHERE subject_id = $1',
    values: [subjectId],
  });

test('“Retry” sends again, as a new attempt without the old id, and only once', async () => {
  const first = await failed('retried by hand');
  expect(first.state).toBe('failed');
  hub.clock.pass(1);
  const retry = await call('POST', `/api/deliveries/${first.id}/retry`);
  expect([retry.status, retry.json]).toEqual([201, { state: 'due' }]);
  expect((await call('POST', `/api/deliveries/${first.id}/retry`)).json.code).toBe('edge-not-allowed');
  const attempts = await hub.app.get(Deliveries).ofMessage(hub.database, first.message_id);
  expect(attempts.map(({ attempt, state, external_id: externalId }) => [attempt, state, externalId])).toEqual([
    [1, 'failed', null],
    [2, 'due', null],
  ]);
  expect(await audited(first.id)).toEqual([
    { action: 'delivery.retry', actor_id: person('administrator').id, facts: { retryId: attempts[1]!.id } },
  ]);
  const [claimed] = await hub.app.get(SendingQueue).take(hub.inboxId, 8);
  await hub.app.get(SendDelivery).send(claimed!);
  expect(hub.phone.filter(({ text }) => text === 'retried by hand')).toHaveLength(1);
});

test('what has left is not sent again on request', async () => {
  const delivery = await hub.send({ text: 'has left' });
  const [claimed] = await hub.app.get(SendingQueue).take(hub.inboxId, 8);
  await hub.app.get(SendDelivery).send(claimed!);
  expect((await call('POST', `/api/deliveries/${delivery.id}/retry`)).json.code).toBe('edge-not-allowed');
  expect((await call('POST', `/api/messages/${delivery.message_id}/resend`, { channel: 'twilio-sms' })).json.code).toBe('edge-not-allowed');
});

test('“Send another way” goes out by the other channel, to what reaches the same person there', async () => {
  const first = await failed('another way');
  expect((await call('POST', `/api/messages/${first.message_id}/resend`, {})).json.code).toBe('channel-not-able');
  hub.clock.pass(1);
  const resent = await call('POST', `/api/messages/${first.message_id}/resend`, { channel: 'email', to: 'li@example.test' });
  expect([resent.status, resent.json]).toEqual([201, { state: 'due' }]);
  const attempts = await hub.app.get(Deliveries).ofMessage(hub.database, first.message_id);
  expect(attempts.at(-1)).toMatchObject({ channel: 'email', to_value: 'li@example.test', fallback_of: first.id, attempt: 1 });
  const facts = { deliveryId: attempts.at(-1)!.id, channel: 'email' };
  expect(await audited(first.message_id)).toEqual([{ action: 'message.resend', actor_id: person('administrator').id, facts }]);
});

test('a retry of what somebody may not see does not exist for them', async () => {
  const first = await failed('restricted');
  await hub.database.query({
    name: 'restrict',
    text: `UPDATE conversations SET restricted_to = 'siu' WHERE id = $1`,
    values: [first.conversation_id],
  });
  hub.around.principal = person('adjuster');
  expect((await call('POST', `/api/deliveries/${first.id}/retry`)).status).toBe(404);
  expect((await call('POST', `/api/messages/${first.message_id}/resend`, {})).status).toBe(404);
});
