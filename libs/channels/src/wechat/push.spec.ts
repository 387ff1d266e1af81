import type { WebhookRequest } from '@claimline/messages';
import { readPush, type PushKeys } from './push';
import { signatureOf } from './signature';

const now = new Date('2026-11-22T08:00:00Z');
const keys: PushKeys = {
  config: { appId: 'wx5823bf96d3bd56c7', mode: 'plain', noticeTemplate: '', apiBaseUrl: 'https://api.example.test' },
  secrets: { appSecret: 's', token: 'QDG6eK', encodingAesKey: '' },
  now,
};

function push(body: string, seconds = now.getTime() / 1000, token = 'QDG6eK'): WebhookRequest {
  const query = `signature=${signatureOf(token, String(seconds), '42')}&timestamp=${seconds}&nonce=42`;
  return { method: 'POST', url: `https://hub.example.test/webhooks/1?${query}`, path: '', headers: {}, body: Buffer.from(body) };
}

test('JSON is read where the account pushes JSON', () => {
  expect(
    readPush(push('{"FromUserName":"oX1","MsgType":"text","CreateTime":1795334400,"Content":"你好\\u0000","MsgId":"7"}'), keys),
  ).toMatchObject({ fields: { FromUserName: 'oX1', CreateTime: '1795334400', Content: '你好' } });
});

test.each([
  ['ten minutes ago', -600, true],
  ['eleven minutes ago', -660, false],
  ['from a clock that is nine minutes ahead', 540, true],
  ['from tomorrow', 86_400, false],
])('a push %s', (_when, seconds, taken) => {
  const read = () =>
    readPush(push('<xml><FromUserName>o</FromUserName><MsgType>text</MsgType></xml>', now.getTime() / 1000 + seconds), keys);
  if (taken) expect(read()).toBeDefined();
  else expect(read).toThrow(expect.objectContaining({ fate: 'unauthentic' }));
});

test('a push without any query is refused, not a crash', () => {
  expect(() => readPush({ ...push('x'), url: 'https://hub.example.test/webhooks/1' }, keys)).toThrow(
    expect.objectContaining({ fate: 'unauthentic' }),
  );
});

test('another token is refused', () => {
  expect(() => readPush(push('<xml/>', undefined, 'another'), keys)).toThrow(expect.objectContaining({ fate: 'unauthentic' }));
});

test('safe mode without its key is a wrong setting, and names it', () => {
  expect(() => readPush(push('<xml><Encrypt>AA</Encrypt></xml>'), { ...keys, config: { ...keys.config, mode: 'aes' } })).toThrow(
    expect.objectContaining({ fate: 'misconfigured', field: 'encodingAesKey' }),
  );
});

test('safe mode takes no plain push, whoever signed it', () => {
  const aes = {
    ...keys,
    config: { ...keys.config, mode: 'aes' as const },
    secrets: { ...keys.secrets, encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' },
  };
  expect(() => readPush(push('<xml><FromUserName>o</FromUserName><MsgType>text</MsgType></xml>'), aes)).toThrow(
    expect.objectContaining({ fate: 'unauthentic' }),
  );
});
