import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventsOf } from './events';
import { readFlatXml } from './flat-xml';

const read = (fixture: string) =>
  eventsOf(
    readFlatXml(readFileSync(path.join(__dirname, 'fixtures', `${fixture}.xml`), 'utf8')),
    'wx1',
    (id) => `https://api.example.test/media?media_id=${id}`,
  );
const from = { scheme: 'wechat', scope: 'wx1', value: 'oX1aBcDeFg' };
const line = { to: 'wx1', occurredAt: new Date('2026-11-22T08:00:00Z') };

test.each([
  ['text', { kind: 'message', key: '24780001', from, text: '我的车被追尾了 😢', media: [] }],
  [
    'image',
    {
      kind: 'message',
      key: '24780002',
      text: '',
      media: [expect.objectContaining({ key: 'Kx3_media-1', url: 'https://api.example.test/media?media_id=Kx3_media-1' })],
    },
  ],
  [
    'voice-with-recognition',
    {
      kind: 'message',
      key: '24780003',
      text: '',
      media: [expect.objectContaining({ contentType: 'audio/amr', name: 'voice.amr', transcript: '我在延安路被追尾了，人没事。' })],
    },
  ],
  ['video', { kind: 'message', key: '24780004', media: [expect.objectContaining({ contentType: 'video/mp4' })] }],
  [
    'location',
    {
      kind: 'message',
      key: '24780005',
      text: '上海市静安区延安中路 (31.222, 121.458)',
      facts: { latitude: '31.222', longitude: '121.458' },
    },
  ],
  ['link', { kind: 'message', key: '24780006', text: '维修报价\n前保险杠\nhttps://garage.example.test/q/1' }],
  ['newer-kind', { kind: 'message', key: '24780007', text: '[WeChat: hologram]', facts: { unsupported: 'hologram' } }],
  ['subscribe', { kind: 'opt-in', key: 'oX1aBcDeFg/1795334400/subscribe', from }],
  ['unsubscribe', { kind: 'opt-out', key: 'oX1aBcDeFg/1795334400/unsubscribe', from }],
  ['menu-click', { kind: 'message', text: 'CLAIM_PROGRESS', facts: { menu: 'CLAIM_PROGRESS' } }],
  ['template-success', { kind: 'delivery', key: '200163836/success', externalId: '200163836', state: 'delivered' }],
  ['template-user-block', { kind: 'delivery', externalId: '200163840', state: 'undeliverable', reason: 'opted-out', optedOut: true }],
  ['template-system-failed', { kind: 'delivery', externalId: '200163841', state: 'failed' }],
])('%s', (fixture, event) => {
  expect(read(fixture)).toEqual([expect.objectContaining({ ...line, ...event })]);
});

test('a location beacon is no news for a claim', () => {
  expect(read('location-beacon')).toEqual([]);
});
