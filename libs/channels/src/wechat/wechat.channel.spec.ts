import { randomBytes } from 'node:crypto';
import { wechat, type WebhookRequest } from '@claimline/messages';
import type { SimulatedLine } from '../simulator';
import { describeChannelContract, type ContractHarness } from '../testing';
import { encrypt, signatureOf } from './signature';
import { startWechatSimulator } from './simulator';
import { wechatKind } from './wechat.channel';

const APP = 'wx5823bf96d3bd56c7';
const customer = wechat(APP, 'oX1aBcDeFgHiJkLmNoPqRsTuVw');
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0xff, 0xd9]);

/** A request as WeChat signs it, at any time and with any words. */
function signed(request: WebhookRequest, line: SimulatedLine, words: string, seconds = Math.floor(Date.now() / 1000)): WebhookRequest {
  const url = new URL(request.url);
  const { token = '', encodingAesKey = '' } = line.secrets;
  const nonce = '1372623149';
  const sealed = line.config.mode === 'aes' ? encrypt(encodingAesKey, words, APP, randomBytes(16)) : '';
  url.search = new URLSearchParams({
    signature: signatureOf(token, String(seconds), nonce),
    timestamp: String(seconds),
    nonce,
    openid: customer.value,
    ...(sealed ? { encrypt_type: 'aes', msg_signature: signatureOf(token, String(seconds), nonce, sealed) } : {}),
  }).toString();
  const body = sealed ? `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>` : words;
  return { ...request, url: url.toString(), body: Buffer.from(body) };
}

const text =
  '<xml><ToUserName>gh_1</ToUserName><FromUserName>oX1</FromUserName><CreateTime>1409659813</CreateTime><MsgType>text</MsgType><Content>hello</Content><MsgId>1</MsgId></xml>';

const harness: ContractHarness = {
  start: startWechatSimulator,
  line: APP,
  customer,
  actions: [
    { do: 'message', from: customer, text: '我的车昨天被追尾了' },
    {
      do: 'voice-message',
      from: customer,
      seconds: 7,
      transcript: '我在延安路被追尾了，人没事',
      media: { name: 'voice.amr', contentType: 'audio/amr', content: Buffer.from('#!AMR\n\x3c') },
    },
  ],
  mediaAction: { do: 'message', from: customer, text: '', media: [{ name: 'photo.jpg', contentType: 'image/jpeg', content: jpeg }] },
  forge: {
    unsigned: (request) => ({ ...request, url: request.url.replace(/(msg_)?signature=[0-9a-f]+/g, '$1signature=') }),
    stale: (request, line) => signed(request, line, text, Math.floor(Date.now() / 1000) - 3600),
    nonsense: (request, line) => signed(request, line, 'this is no XML'),
  },
  troubles: {
    refuse: { fate: 'rejected', reason: 'undeliverable', vendorCode: '40003', addressUnusable: true },
    'answer-429': { fate: 'unavailable', vendorCode: '45009' },
    'answer-500': { fate: 'uncertain', vendorCode: '500' },
    'opted-out': { fate: 'suppressed', reason: 'opted-out', vendorCode: '43004' },
    'window-closed': { fate: 'window-closed', vendorCode: '45015' },
    unauthorized: { fate: 'misconfigured', field: 'appSecret' },
    undeliverable: { cannot: 'a customer-service message has no report; a template has one, see templates.spec.ts' },
  },
  wrong: { field: 'appSecret', secrets: { appSecret: '0123456789abcdef0123456789abcdef' } },
};

const always = [
  {
    reason: 'WeChat tells nothing of a message that it took and offers no list of them',
    rules: ['finds', 'receipts', 'backfill'] as const,
  },
  { reason: 'WeChat pushes by webhook only', rules: ['stream-stops', 'stream-redelivers'] as const },
];

describe('safe mode', () => {
  describeChannelContract(wechatKind, { ...harness, skip: always });
});

describe('plain mode', () => {
  describeChannelContract(wechatKind, {
    ...harness,
    config: { mode: 'plain' },
    skip: [
      ...always,
      {
        reason: 'in plain mode WeChat signs the time and not the words, which is why safe mode is the default',
        rules: ['refuses-tampered'],
      },
    ],
  });
});
