import type { InboundMessage } from '@claimline/messages';
import type { Misbehaviour } from '../simulator';
import { describeChannelContract, Stage, type ContractHarness, type SendTrouble, type Trouble } from '../testing';
import { letterKind } from './letter.channel';
import { startPost } from './simulator';

const customer = { scheme: 'postal', scope: '', value: '李女士\n示范路 8 号\n200000 上海' } as const;
const nobody: Trouble = { cannot: 'nothing stands between the hub and the mailroom that could go wrong so' };
const TROUBLES: readonly Misbehaviour['how'][] = [
  'answer-429',
  'answer-500',
  'hang',
  'close-mid-answer',
  'accept-then-die',
  'refuse',
  'opted-out',
  'undeliverable',
  'unauthorized',
  'window-closed',
];

const harness: ContractHarness = {
  start: startPost,
  line: 'mailroom-contract',
  customer,
  actions: [{ do: 'message', from: customer, text: 'by hand' }],
  troubles: Object.fromEntries(TROUBLES.map((how) => [how, nobody])) as Partial<Record<SendTrouble, Trouble>>,
  wrong: { field: 'sender', config: { sender: 'Antu' } },
  skip: [
    { reason: 'there is no vendor that could be off the net: the tray is the hub’s own', rules: ['unreachable'] },
    {
      reason: 'a letter is laid into the tray by its delivery, so an uncertain one is laid there again and is still one',
      rules: ['finds'],
    },
    { reason: 'that a letter was posted is written down by a person at the desk door, see below', rules: ['receipts', 'reads'] },
    {
      reason: 'nothing is signed: the mailroom’s people are signed in at the hub before they reach the door',
      rules: ['refuses-unsigned', 'refuses-tampered', 'refuses-stale', 'malformed'],
    },
    { reason: 'entries come by hand, not by webhook; their keys are tested below', rules: ['redelivery', 'backfill'] },
    { reason: 'scans are handed in at the hub’s own door and never fetched', rules: ['media', 'vendor-hosts-only'] },
    { reason: 'no stream is held open', rules: ['stream-stops', 'stream-redelivers'] },
    { reason: 'the post knows no secrets', rules: ['keeps-secrets'] },
  ],
};

describeChannelContract(letterKind, harness);

describe('a mailroom', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.set(letterKind, harness);
  });
  afterEach(() => stage.close());

  const scan = '0194f3a0-0000-7000-8000-000000000001';
  const receivedAt = new Date('2026-11-02T08:00:00Z');
  const letter = (over: object = {}) => ({ is: 'letter', id: 'scan-0001', from: 'Riverside Clinic', receivedAt, files: [scan], ...over });
  const hears = (entry: unknown) => stage.door('desk').receive(entry);

  test('a scan is a letter with the day on which it was received, and the same scan is the same letter', async () => {
    const { events } = await hears(letter({ name: 'Riverside Clinic', text: '出院小结' }));
    const message = events[0] as InboundMessage;
    expect(message).toMatchObject({
      kind: 'message',
      key: 'scan-0001',
      to: 'mailroom-contract',
      occurredAt: receivedAt,
      language: 'zh-CN',
    });
    expect(message.media).toEqual([{ key: scan, upload: scan }]);
    expect((await hears(letter())).events[0]?.key).toBe(message.key);
    expect((await hears(letter({ id: 'scan-0002' }))).events[0]?.key).not.toBe(message.key);
  });

  test.each([
    ['nothing', null],
    ['an unknown entry', { is: 'burnt' }],
    ['a letter without paper', letter({ files: [] })],
    ['a letter from nobody', letter({ from: '' })],
    ['a letter of no day', letter({ receivedAt: '2026-11-02' })],
    ['a posting of no day', { is: 'posted', deliveryId: 'd-1', on: 'yesterday', at: receivedAt }],
  ])('%s is malformed', async (_name, entry) => {
    expect((await stage.failure(hears(entry))).fate).toBe('malformed');
  });

  test('posted is sent, returned is undeliverable, and each is said once', async () => {
    const posted = (await hears({ is: 'posted', deliveryId: 'd-1', on: '2026-11-03', at: receivedAt })).events[0];
    expect(posted).toMatchObject({ kind: 'delivery', externalId: 'd-1', state: 'sent' });
    const returned = (await hears({ is: 'returned', deliveryId: 'd-1', on: '2026-11-20', at: receivedAt })).events[0];
    expect(returned).toMatchObject({ kind: 'delivery', state: 'undeliverable', reason: 'undeliverable' });
    expect(returned?.key).not.toBe(posted?.key);
  });

  test('a letter lies in the tray with its sender and address, taken but not sent; a tray that cannot be reached is tried again', async () => {
    const message = stage.message({ subject: 'Your claim' });
    expect(await stage.channel.send(message)).toEqual({ externalId: message.deliveryId, state: 'accepted' });
    expect(stage.outbox[0]).toMatchObject({ to: customer.value, text: message.text, raw: { event: 'letter:print' } });
    const broken = letterKind.open(
      { config: letterKind.config.parse(stage.line.config), secrets: {} },
      { ...stage.deps('mailroom-contract'), push: () => Promise.reject(new Error('the disk is full')) },
    );
    expect((await stage.failure(broken.send(message))).fate).toBe('unavailable');
  });

  test('a letter to a telephone, or without words, is refused', async () => {
    expect((await stage.failure(stage.channel.send(stage.message({ to: { scheme: 'tel', scope: '', value: '+15550100' } })))).fate).toBe(
      'rejected',
    );
    expect((await stage.failure(stage.channel.send(stage.message({ text: ' ' })))).fate).toBe('rejected');
  });
});
