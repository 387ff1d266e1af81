import { ChannelError, tel, type Channel, type Inbound, type WebhookRequest } from '@claimline/messages';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { ChannelKind } from '../channel-kind';
import { startTwilioSms } from '../twilio-sms/simulator';
import { twilioSms } from '../twilio-sms/twilio-sms.channel';
import { playRule } from './contract';
import type { ContractHarness, ContractRule } from './contract-harness';

const customer = tel('+15550100177');
const harness: ContractHarness = {
  start: startTwilioSms,
  line: '+15550100100',
  customer,
  actions: [{ do: 'message', from: customer, text: 'hello' }],
  mediaAction: {
    do: 'message',
    from: customer,
    text: '',
    media: [{ name: 'a.jpg', contentType: 'image/jpeg', content: Buffer.from('photo') }],
  },
  wrong: { field: 'authToken', secrets: { authToken: '0'.repeat(32) } },
  troubles: {
    'answer-500': { fate: 'uncertain' },
    undeliverable: { later: 'undeliverable' },
    'window-closed': { cannot: 'SMS knows no window in which one may write' },
  },
  forge: {
    unsigned: (request) => ({ ...request, headers: { ...request.headers, 'x-twilio-signature': undefined } }),
    nonsense: (request, line) => ({
      ...request,
      body: Buffer.from('Nonsense=1'),
      headers: {
        ...request.headers,
        'x-twilio-signature': getExpectedTwilioSignature(line.secrets.authToken ?? '', request.url, { Nonsense: '1' }),
      },
    }),
  },
};

type Spoil = (channel: Channel, secrets: Record<string, string>) => Partial<Channel>;

/** The same kind with one fault in its channel. */
function spoilt(spoil: Spoil, kind: Partial<ChannelKind> = {}): ChannelKind {
  const base = twilioSms as unknown as ChannelKind;
  return {
    ...base,
    ...kind,
    open: (settings, deps) => {
      const channel = base.open(settings, deps);
      const own = {
        doors: channel.doors,
        send: channel.send.bind(channel),
        find: channel.find!.bind(channel),
        fetchMedia: channel.fetchMedia!.bind(channel),
        backfill: channel.backfill!.bind(channel),
        check: channel.check.bind(channel),
        close: channel.close.bind(channel),
      };
      return { ...own, ...spoil(own, settings.secrets as Record<string, string>) };
    },
  };
}

/** A webhook door that does not look at the signature. */
const credulous = (channel: Channel): Partial<Channel> => ({
  doors: [
    {
      via: 'webhook',
      receive: async ({ body }: WebhookRequest): Promise<Inbound> => {
        const form = new URLSearchParams(body.toString());
        return {
          events: [
            {
              kind: 'message',
              key: form.get('MessageSid') ?? '?',
              to: '+15550100100',
              from: customer,
              text: form.get('Body') ?? '',
              media: [],
            },
          ],
        };
      },
    },
  ],
  close: channel.close,
});

let counter = 0;
const faults: [string, ContractRule, ChannelKind][] = [
  ['has a name that is no name', 'named', spoilt(() => ({}), { kind: 'Twilio_SMS' })],
  [
    'takes an empty configuration',
    'refuses-empty-config',
    spoilt(() => ({}), { config: { parse: (x: unknown) => x, safeParse: () => ({ success: true }) } as never }),
  ],
  [
    'tells its secret in an error',
    'keeps-secrets',
    spoilt((channel, { authToken }) => ({
      send: (m) => channel.send(m).catch((e: ChannelError) => Promise.reject(new ChannelError(e.fate, `${e.message} ${authToken}`))),
    })),
  ],
  ['is always content', 'checks', spoilt(() => ({ check: async () => ({ ok: true, detail: 'fine' }) }))],
  ['leaves a timer', 'leaves-nothing', spoilt((channel) => ({ check: () => (setTimeout(() => undefined, 3_000), channel.check()) }))],
  ['sends twice', 'sends', spoilt((channel) => ({ send: (m) => channel.send(m).then(() => channel.send(m)) }))],
  ['tries again by itself', 'finds', spoilt((channel) => ({ send: (m) => channel.send(m).catch(() => channel.send(m)) }))],
  [
    'takes silence for "not taken"',
    'fates',
    spoilt((channel) => ({
      send: (m) =>
        channel
          .send(m)
          .catch((e: ChannelError) => Promise.reject(new ChannelError(e.fate === 'uncertain' ? 'unavailable' : e.fate, e.message))),
    })),
  ],
  ['throws what it likes', 'fates', spoilt((channel) => ({ send: (m) => channel.send(m).catch(() => Promise.reject(new Error('oops'))) }))],
  [
    'takes a refused connection for uncertain',
    'unreachable',
    spoilt((channel) => ({ send: (m) => channel.send(m).catch(() => Promise.reject(new ChannelError('uncertain', 'who knows'))) })),
  ],
  ['never finds anything', 'finds', spoilt(() => ({ find: async () => 'absent' }))],
  ['finds what is not there', 'finds', spoilt(() => ({ find: async () => ({ externalId: 'SM1', state: 'sent' }) }))],
  [
    'cuts long words',
    'limits',
    spoilt((channel) => ({ send: (m) => channel.send({ ...m, text: m.text.slice(0, 100), attachments: [] }) })),
  ],
  ['makes its ids up', 'receipts', spoilt((channel) => ({ send: (m) => channel.send(m).then((r) => ({ ...r, externalId: 'made-up' })) }))],
  ['believes what is not signed', 'refuses-unsigned', spoilt(credulous)],
  ['believes what was changed', 'refuses-tampered', spoilt(credulous)],
  ['believes nonsense', 'malformed', spoilt(credulous)],
  [
    'makes new keys each time',
    'redelivery',
    spoilt((channel) => ({
      doors: channel.doors.map((door) =>
        door.via === 'webhook'
          ? {
              ...door,
              receive: async (r: WebhookRequest) => ({
                events: (await door.receive(r)).events.map((e) => ({ ...e, key: `${++counter}` })),
              }),
            }
          : door,
      ),
    })),
  ],
  [
    'answers a duplicate differently',
    'redelivery',
    spoilt((channel) => ({
      doors: channel.doors.map((door) =>
        door.via === 'webhook'
          ? {
              ...door,
              receive: async (r: WebhookRequest) => ({
                events: (await door.receive(r)).events,
                answer: ({ duplicate }: { duplicate: boolean }) => ({ status: 200, headers: {}, body: String(duplicate) }),
              }),
            }
          : door,
      ),
    })),
  ],
  ['misses what it missed', 'backfill', spoilt(() => ({ backfill: async function* () {} }))],
  [
    'fetches from anywhere',
    'vendor-hosts-only',
    spoilt(() => ({ fetchMedia: async ({ url }) => fetch(url!).then(() => Promise.reject(new ChannelError('rejected', 'too late'))) })),
  ],
  [
    'loses bytes',
    'media',
    spoilt((channel) => ({ fetchMedia: async (ref) => ({ stream: (await channel.fetchMedia!(ref)).stream.drop(1) }) })),
  ],
];

test.each(faults)('a channel that %s breaks the rule "%s"', async (_fault, rule, kind) => {
  await expect(playRule(kind, { ...harness, start: async (host) => startTwilioSms(host) }, rule)).rejects.toThrow();
});

test.each([...new Set(faults.map(([, rule]) => rule))])('an honest channel keeps the rule "%s"', async (rule) => {
  await playRule(twilioSms as unknown as ChannelKind, harness, rule);
});
