import { spawn } from 'node:child_process';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { control } from './control';
import { World } from './world';

const SMS = '+15550100100';
const CUSTOMER = '+15550100142';
const WECHAT = 'wx5a3c0de3mo00001';

interface Hook {
  readonly path: string;
  readonly body: string;
}

/** Keeps what vendors bring, as a hub would. */
async function listenForHooks(): Promise<{ server: Server; url: string; hooks: Hook[] }> {
  const hooks: Hook[] = [];
  const server = createServer((call, response) => {
    let body = '';
    call.setEncoding('utf8');
    call.on('data', (chunk: string) => (body += chunk));
    call.on('end', () => {
      hooks.push({ path: call.url!, body });
      response.writeHead(200, { 'content-type': 'text/xml', connection: 'close' }).end('<Response/>');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hooks };
}

const until = async <T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> => {
  for (let tries = 0; tries < 100; tries++) {
    const found = await find();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not happen within two seconds');
};

describe('the sandbox over real HTTP', () => {
  let world: World;
  let hub: Awaited<ReturnType<typeof listenForHooks>>;
  beforeEach(async () => {
    hub = await listenForHooks();
    world = await World.start({ port: 0 }, control);
  });
  afterEach(async () => {
    await world.close();
    hub.server.closeAllConnections();
    await new Promise<void>((resolve) => hub.server.close(() => resolve()));
  });

  const ask = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> => {
    const response = await fetch(world.url + path, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: { connection: 'close' },
    });
    return { status: response.status, body: await response.json() };
  };
  const connect = async (kind: string, address: string, inboxId: string): Promise<{ config: any; secrets: any }> => {
    const { body: settings } = await ask('POST', '/lines/new', { kind, address });
    const line = { inboxId, kind, address, webhookUrl: `${hub.url}/webhooks/${inboxId}`, ...settings };
    expect((await ask('POST', '/lines', line)).status).toBe(200);
    return settings;
  };
  const sendSms = async (settings: { config: any; secrets: any }, text: string): Promise<number> => {
    const authorization = `Basic ${Buffer.from(`${settings.config.accountSid}:${settings.secrets.authToken}`).toString('base64')}`;
    const body = new URLSearchParams({ From: SMS, To: CUSTOMER, Body: text });
    const url = `${settings.config.apiBaseUrl}/2010-04-01/Accounts/${settings.config.accountSid}/Messages.json`;
    return (await fetch(url, { method: 'POST', body, headers: { authorization, connection: 'close' } })).status;
  };

  test('a customer writes: the vendor brings it to the webhook of that inbox, and again with the same id', async () => {
    await connect('twilio-sms', SMS, 'inbox-1');
    const { body } = await ask('POST', '/act', { kind: 'twilio-sms', action: { do: 'message', from: CUSTOMER, text: '追尾了' } });
    await ask('POST', '/act', { inbox: 'inbox-1', action: { do: 'message', from: CUSTOMER, text: '追尾了', id: body.id } });
    expect(hub.hooks.map(({ path }) => path)).toEqual(['/webhooks/inbox-1', '/webhooks/inbox-1']);
    const fields = hub.hooks.map((hook) => new URLSearchParams(hook.body));
    expect(fields.map((form) => [form.get('From'), form.get('Body'), form.get('MessageSid')])).toEqual([
      [CUSTOMER, '追尾了', body.id],
      [CUSTOMER, '追尾了', body.id],
    ]);
  });

  test('what the hub sends stands in the outbox, newest last, and is told to whoever watches the devices', async () => {
    const settings = await connect('twilio-sms', SMS, 'inbox-1');
    const seen: string[] = [];
    const stop = new AbortController();
    const stream = await fetch(`${world.url}/devices/stream`, { signal: stop.signal });
    const reading = (async () => {
      for await (const chunk of stream.body!) seen.push(Buffer.from(chunk).toString('utf8'));
    })().catch(() => undefined);
    expect(await sendSms(settings, 'one')).toBe(201);
    expect(await sendSms(settings, 'two')).toBe(201);
    const { body } = await ask('GET', `/outbox?to=${encodeURIComponent(CUSTOMER)}`);
    expect(body.map((entry: any) => [entry.channel, entry.from, entry.to, entry.text])).toEqual([
      ['twilio-sms', SMS, CUSTOMER, 'one'],
      ['twilio-sms', SMS, CUSTOMER, 'two'],
    ]);
    await until(() => seen.join('').includes('"text":"two"') || undefined);
    expect((await ask('GET', '/outbox?to=nobody')).body).toEqual([]);
    stop.abort();
    await reading;
  });

  test('a voice message of WeChat comes with the words that WeChat heard', async () => {
    await connect('wechat', WECHAT, 'inbox-2');
    const media = { name: 'voice.wav', contentType: 'audio/wav', base64: Buffer.from('RIFF').toString('base64') };
    await ask('POST', '/act', {
      kind: 'wechat',
      action: { do: 'voice-message', from: 'oDemo1', media, seconds: 7, transcript: '我被追尾了' },
    });
    expect(hub.hooks[0]?.path).toMatch(/^\/webhooks\/inbox-2\?signature=.*encrypt_type=aes/);
  });

  test('calls ring, say what they hear and end', async () => {
    await connect('twilio-voice', SMS, 'inbox-3');
    const { body: call } = await ask('POST', '/act', { kind: 'twilio-voice', action: { do: 'call', from: CUSTOMER } });
    expect((await ask('GET', '/calls')).body).toMatchObject([{ id: call.id, customer: CUSTOMER, state: 'ended' }]);
  });

  test('a vendor misbehaves as often as it was told', async () => {
    const settings = await connect('twilio-sms', SMS, 'inbox-1');
    await ask('POST', '/misbehave', { kind: 'twilio-sms', how: { how: 'answer-500', times: 1 } });
    expect([await sendSms(settings, 'x'), await sendSms(settings, 'x')]).toEqual([500, 201]);
  });

  test('a sandbox that others may reach kills nobody', async () => {
    const refused = await ask('POST', '/failpoint', { kind: 'twilio-sms', at: 'accepted', pid: process.pid });
    expect(refused).toEqual({ status: 409, body: { error: 'this sandbox was started without --failpoints' } });
  });

  test('what cannot be done is said in words', async () => {
    const refused = await ask('POST', '/act', { kind: 'wechat', action: { do: 'message', from: 'o1', text: 'x' } });
    expect(refused).toEqual({ status: 409, body: { error: 'no line is connected for wechat' } });
    expect((await ask('POST', '/act', { action: { do: 'message', from: 'o1' } })).status).toBe(400);
    expect((await ask('POST', '/lines/new', { kind: 'pigeon', address: 'roof' })).status).toBe(409);
    expect((await ask('GET', '/nothing')).status).toBe(404);
  });

  test('pages and names from elsewhere are refused', async () => {
    const status = (headers: Record<string, string>): Promise<number> =>
      new Promise((resolve, reject) => {
        request(`${world.url}/health`, { headers, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode!);
        })
          .on('error', reject)
          .end();
      });
    expect(await status({})).toBe(200);
    expect(await status({ origin: 'https://evil.example' })).toBe(403);
    expect(await status({ host: 'evil.example' })).toBe(403);
  });

  test.each<['received' | 'accepted' | 'half-answered' | 'answered', number]>([
    ['received', 1],
    ['accepted', 2],
    ['half-answered', 2],
    ['answered', 2],
  ])('the caller of the second request is killed when it is %s: the vendor has taken %i', async (at, taken) => {
    await world.close();
    world = await World.start({ port: 0, failpoints: true }, control);
    const settings = await connect('twilio-sms', SMS, 'inbox-1');
    const caller = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    const ended = new Promise((resolve) => caller.once('exit', (_, signal) => resolve(signal)));
    expect((await ask('POST', '/failpoint', { kind: 'twilio-sms', at, nth: 2, pid: caller.pid })).status).toBe(200);
    expect(await sendSms(settings, 'one')).toBe(201);
    await sendSms(settings, 'two').catch(() => undefined);
    expect(await ended).toBe('SIGKILL');
    expect((await ask('GET', `/outbox?to=${encodeURIComponent(CUSTOMER)}`)).body).toHaveLength(taken);
  });

  test('the outbox forgets the oldest, never the newest', async () => {
    for (let n = 1; n <= 13_000; n++) world.received.add({ id: String(n), channel: 'x', from: 'a', to: 'b', text: '', at: '' });
    const kept = world.received.list('B');
    expect([world.received.total, kept.length, kept.at(-1)?.id]).toEqual([13_000, 10_000, '13000']);
  });
});
