import { Readable } from 'node:stream';
import { wechat, type InboundDelivery } from '@claimline/messages';
import { memoryState, Stage, type ContractHarness } from '../testing';
import { signatureOf } from './signature';
import { WechatSimulator } from './simulator';
import { TokenKeeper } from './token-keeper';
import { wechatKind } from './wechat.channel';

const APP = 'wx5823bf96d3bd56c7';
const customer = wechat(APP, 'oX1aBcDeFgHiJkLmNoPqRsTuVw');
const harness: ContractHarness = {
  start: WechatSimulator.start,
  line: APP,
  customer,
  actions: [{ do: 'message', from: customer, text: '你好' }],
  wrong: { field: 'appSecret' },
  config: { noticeTemplate: '' },
};
const template = { name: 'claim-progress', language: 'zh-CN', parameters: ['安途保险', 'CLM-2026-000123', '已定损'] };

let stage: Stage;
let vendor: WechatSimulator;
beforeEach(async () => {
  stage = await Stage.set(wechatKind, harness);
  vendor = stage.simulator as WechatSimulator;
});
afterEach(() => stage.close());

describe('the address check', () => {
  test('WeChat is told its echostr', async () => {
    expect(await vendor.verify(stage.line)).toBe(true);
  });

  test('a stranger who asks is refused', async () => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const url = `${stage.line.webhookUrl}?signature=${signatureOf('another token', timestamp, '1')}&timestamp=${timestamp}&nonce=1&echostr=42`;
    expect((await stage.knock({ method: 'GET', url, path: '', headers: {}, body: Buffer.alloc(0) })).error).toMatchObject({
      fate: 'unauthentic',
    });
  });

  test('every push is answered "success"', async () => {
    const [heard] = await stage.act(harness.actions[0]);
    expect(heard?.response?.body).toBe('success');
  });
});

describe('a template notice outside the window', () => {
  test('goes out under the names of the template and is reported delivered', async () => {
    const { externalId } = await stage.channel.send(stage.message({ template }));
    expect(stage.outbox[0]?.text).toBe('理赔进度通知\n保险公司：安途保险\n案件：CLM-2026-000123\n进度：已定损');
    await stage.until(() => stage.events().some((event) => event.kind === 'delivery'), 'the report');
    expect(stage.events()).toContainEqual(expect.objectContaining({ kind: 'delivery', externalId, state: 'delivered' }));
  });

  test('to somebody who blocks the account is undeliverable, and the ledger learns it', async () => {
    vendor.misbehave({ how: 'undeliverable' });
    await stage.channel.send(stage.message({ template }));
    await stage.until(() => stage.events().length > 0, 'the report');
    expect(stage.events()[0] as InboundDelivery).toMatchObject({ state: 'undeliverable', optedOut: true });
    expect(stage.outbox).toEqual([]);
  });

  test('that the account does not have is rejected by name', async () => {
    expect(await stage.failure(stage.channel.send(stage.message({ template: { ...template, name: 'gone' } })))).toMatchObject({
      fate: 'rejected',
      reason: 'template-missing',
    });
  });

  test('a notice without a template of its own goes out under the one for all notices', async () => {
    const general = await Stage.set(wechatKind, { ...harness, config: { noticeTemplate: 'claim-progress' } });
    try {
      await general.channel.send(general.message({ template: { ...template, name: 'payment_issued' } }));
      expect(general.outbox[0]?.text).toContain('案件：CLM-2026-000123');
    } finally {
      await general.close();
    }
  });

  test('the administrator sees the approved templates', async () => {
    expect(await stage.channel.templates?.()).toEqual([
      { name: 'claim-progress', language: 'zh-CN', body: expect.stringContaining('{{thing3.DATA}}'), parameters: 3 },
    ]);
  });
});

describe('pictures', () => {
  const picture = (content: Buffer) => ({
    name: '定损单.png',
    contentType: 'image/png',
    size: content.length,
    url: 'http://127.0.0.1:9/x',
    open: async () => Readable.from([content]),
  });

  test('are uploaded and stand before the words', async () => {
    await stage.channel.send(stage.message({ attachments: [picture(Buffer.from('\x89PNG one')), picture(Buffer.from('\x89PNG two'))] }));
    expect(stage.outbox.map((entry) => entry.attachments?.[0]?.name ?? entry.text)).toEqual([
      '定损单.png',
      '定损单.png',
      expect.stringContaining('Your claim'),
    ]);
  });

  test('of which only some were taken are for a person, never sent again by themselves', async () => {
    let sends = 0;
    stage.intercept = (request) => (request.path.endsWith('/custom/send') && ++sends === 2 ? { status: 500, body: '' } : undefined);
    expect(await stage.failure(stage.channel.send(stage.message({ attachments: [picture(Buffer.from('\x89PNG'))] })))).toMatchObject({
      fate: 'uncertain',
    });
  });
});

describe('the access token', () => {
  test('is asked for once, by however many messages at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => stage.channel.send(stage.message())));
    expect(vendor.tokensGiven.get(APP)).toBe(1);
    expect(stage.outbox).toHaveLength(20);
  });

  test('that has died is replaced once and the message goes out', async () => {
    await stage.channel.send(stage.message());
    vendor.expireToken(APP);
    await Promise.all(Array.from({ length: 10 }, () => stage.channel.send(stage.message())));
    expect(vendor.tokensGiven.get(APP)).toBe(2);
    expect(stage.outbox).toHaveLength(11);
  });

  test('is shared by replicas: two processes never both ask', async () => {
    const state = memoryState();
    let given = 0;
    const clock = { now: () => new Date('2026-11-22T08:00:00Z') };
    const ask = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { token: `token ${++given}`, lifetimeSeconds: 7200 };
    };
    const replicas = Array.from({ length: 5 }, () => new TokenKeeper({ state, clock }, ask));
    expect(new Set(await Promise.all(replicas.map((keeper) => keeper.token())))).toEqual(new Set(['token 1']));
    expect(new Set(await Promise.all(replicas.map((keeper) => keeper.replace('token 1'))))).toEqual(new Set(['token 2']));
  });

  test('is renewed five minutes before its end', async () => {
    let now = new Date('2026-11-22T08:00:00Z');
    let given = 0;
    const keeper = new TokenKeeper({ state: memoryState(), clock: { now: () => now } }, async () => ({
      token: `token ${++given}`,
      lifetimeSeconds: 7200,
    }));
    await keeper.token();
    now = new Date('2026-11-22T09:54:00Z');
    expect(await keeper.token()).toBe('token 1');
    now = new Date('2026-11-22T09:55:01Z');
    expect(await keeper.token()).toBe('token 2');
  });
});

test('a push without an answer is tried three times, each signed anew', async () => {
  const tries: string[] = [];
  stage.channel.doors.forEach((door) => {
    if (door.via === 'webhook')
      Object.assign(door, {
        receive: async (request: { url: string }) => {
          tries.push(new URL(request.url).searchParams.get('nonce') ?? '');
          throw new Error('the database is away');
        },
      });
  });
  const pushed = await vendor.act(stage.line, harness.actions[0]);
  expect([pushed.status, new Set(tries).size]).toEqual([500, 3]);
});
