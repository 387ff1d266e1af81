import { visitor, type InboundMessage } from '@claimline/messages';
import type { Misbehaviour } from '../simulator';
import { describeChannelContract, Stage, type ContractHarness, type SendTrouble, type Trouble } from '../testing';
import { inPersonKind } from './in-person.channel';
import { startBranch } from './simulator';

const customer = visitor('contact-1');
const nobody: Trouble = { cannot: 'nothing is ever sent to a counter, so nothing can go wrong' };
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
  start: startBranch,
  line: 'branch-contract',
  customer,
  actions: [{ do: 'message', from: customer, text: 'by word of mouth' }],
  troubles: Object.fromEntries(TROUBLES.map((how) => [how, nobody])) as Partial<Record<SendTrouble, Trouble>>,
  wrong: { field: 'place', config: { place: '100' } },
  skip: [
    {
      reason: 'a visit is not sent; that sending is refused is tested below',
      rules: ['sends', 'unreachable', 'finds', 'receipts', 'limits'],
    },
    { reason: 'what was said is written down at the desk door, see below', rules: ['reads', 'redelivery', 'backfill'] },
    {
      reason: 'nothing is signed: the people behind the counter are signed in at the hub before they reach the door',
      rules: ['refuses-unsigned', 'refuses-tampered', 'refuses-stale', 'malformed'],
    },
    { reason: 'papers are handed in at the hub’s own door and never fetched', rules: ['media', 'vendor-hosts-only'] },
    { reason: 'no stream is held open', rules: ['stream-stops', 'stream-redelivers'] },
    { reason: 'a counter knows no secrets', rules: ['keeps-secrets'] },
  ],
};

describeChannelContract(inPersonKind, harness);

describe('a counter', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.set(inPersonKind, harness);
  });
  afterEach(() => stage.close());

  const visit = (over: object = {}) => ({
    is: 'visit',
    id: 'visit-0001',
    meeting: 'counter',
    contact: 'contact-1',
    text: '客户来网点补交发票。',
    place: 'Pudong branch',
    participants: ['Li Wei'],
    identity: 'identity-card',
    at: new Date('2026-11-20T02:00:00Z'),
    ...over,
  });
  const hears = (entry: unknown) => stage.door('desk').receive(entry);

  test('a visit says where, with whom, why and by which paper somebody was known, and never the number of that paper', async () => {
    const message = (await hears(visit({ minutes: 12, reason: 'documents' }))).events[0] as InboundMessage;
    expect(message).toMatchObject({ kind: 'message', key: 'visit-0001', to: 'branch-contract', language: 'zh-CN' });
    expect(message.facts).toEqual({
      meeting: 'counter',
      place: 'Pudong branch',
      identity: 'identity-card',
      participants: 'Li Wei',
      reason: 'documents',
      minutes: '12',
    });
    expect((await hears(visit({ identityNumber: '110101' }))).events[0]).not.toHaveProperty('facts.identityNumber');
  });

  test.each([
    ['nothing', null],
    ['a visit without words', visit({ text: '  ' })],
    ['a visit nowhere', visit({ place: '' })],
    ['an unknown meeting', visit({ meeting: 'dinner' })],
    ['a paper that we do not know', visit({ identity: '110101199001011234' })],
  ])('%s is malformed', async (_name, entry) => {
    expect((await stage.failure(hears(entry))).fate).toBe('malformed');
  });

  test('nothing is sent to somebody who is not there', async () => {
    expect((await stage.failure(stage.channel.send(stage.message()))).fate).toBe('rejected');
  });
});
