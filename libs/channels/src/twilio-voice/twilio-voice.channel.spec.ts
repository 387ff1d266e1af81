import { tel, type CallStep, type InboundCall, type InboundEvent } from '@claimline/messages';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { describeChannelContract, Stage, type ContractHarness } from '../testing';
import { startTwilioVoice } from './simulator';
import { twilioVoice } from './twilio-voice.channel';

const customer = tel('+15550100177');
const adjuster = '+15550100142';
const callId = 'CA00000000000000000000000000000001';
const voice = { name: 'voice.mp3', contentType: 'audio/mpeg', content: Buffer.from('ID3 I was rear-ended on Yanan Road') };

const harness: ContractHarness = {
  start: startTwilioVoice,
  line: '+15550100200',
  customer,
  actions: [{ do: 'call', from: customer }],
  mediaAction: [
    { do: 'call', from: customer, callId },
    { do: 'speak', callId, media: voice, seconds: 7 },
  ],
  steps: (event) =>
    event.kind === 'call' && event.phase.is === 'started'
      ? [{ do: 'record', mark: 'voicemail', maxSeconds: 120, transcribe: true, language: 'en' }]
      : [],
  settle: async (simulator, line) => {
    for (const call of simulator.calls?.() ?? [])
      if (call.awaits?.for === 'pick-up') await simulator.act(line, { do: 'pick-up', callId: call.id });
  },
  wrong: { field: 'authToken', secrets: { authToken: '0'.repeat(32) } },
  troubles: {
    'answer-500': { fate: 'uncertain', vendorCode: '20500' },
    refuse: { fate: 'rejected', vendorCode: '21216' },
    unauthorized: { fate: 'misconfigured', field: 'authToken' },
    'opted-out': { cannot: 'the opt-out list of a carrier is for messages, not for calls' },
    undeliverable: { cannot: 'a call that nobody takes is an event of the call, not a report of a message' },
    'window-closed': { cannot: 'a call knows no window in which one may ring' },
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
  skip: [
    { reason: 'Twilio signs no time; a replay has the same CallSid and is known by it', rules: ['refuses-stale'] },
    { reason: 'Twilio calls us, we hold no stream open', rules: ['stream-stops', 'stream-redelivers'] },
    { reason: 'a call is reported by events of the call, not by receipts', rules: ['receipts'] },
    { reason: 'two calls to one phone within two seconds look the same to Twilio; the tests below say what is found', rules: ['finds'] },
  ],
};

describeChannelContract(twilioVoice, harness);

/** A hotline as the hub steers it: language, then the adjuster, then a voicemail. */
function hotline(event: InboundEvent): readonly CallStep[] {
  if (event.kind !== 'call') return [];
  const { phase, mark } = event;
  if (phase.is === 'started') {
    const prompts = [
      { text: 'For English press 1.', language: 'en' },
      { text: '中文请按 2。', language: 'zh-CN' },
    ] as const;
    return [{ do: 'gather', mark: 'language', prompts, digits: 1, timeoutSeconds: 5 }];
  }
  if (phase.is === 'input' && mark === 'language')
    return [
      { do: 'say', text: '正在为您转接理赔员', language: 'zh-CN' },
      { do: 'dial', mark: 'owner', numbers: [adjuster], timeoutSeconds: 20 },
    ];
  if (phase.is === 'dialed' && phase.outcome !== 'answered')
    return [{ do: 'record', mark: 'voicemail', maxSeconds: 120, transcribe: true, language: 'en' }];
  return [{ do: 'say', text: 'Thank you & goodbye', language: 'en' }, { do: 'hang-up' }];
}

describe('a call through Twilio', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.set(twilioVoice, { ...harness, steps: hotline });
  });
  afterEach(() => stage.close());

  const phases = () => stage.events().map((event) => (event as InboundCall).phase);
  const running = () => stage.simulator.calls!()[0]!;
  const act = (action: Parameters<Stage['simulator']['act']>[1]) => stage.simulator.act(stage.line, action);

  test('that nobody takes becomes a voicemail with its words', async () => {
    await act({ do: 'call', from: customer, callId });
    expect(running()).toMatchObject({ state: 'in-progress', customer: customer.value, awaits: { for: 'digits', count: 1 } });
    await act({ do: 'press', callId, digits: '2' });
    expect(running().awaits).toEqual({ for: 'pick-up', number: adjuster });
    await act({ do: 'let-ring', callId });
    expect(running().awaits).toEqual({ for: 'recording', maxSeconds: 120 });
    await act({ do: 'speak', callId, media: voice, seconds: 7, transcript: 'I was rear-ended' });
    await stage.until(() => phases().some(({ is }) => is === 'transcribed'), 'the transcript');

    expect(running()).toMatchObject({ state: 'ended', awaits: null });
    expect(running().heard).toEqual([
      { text: 'For English press 1.', language: 'en-US' },
      { text: '中文请按 2。', language: 'zh-CN' },
      { text: '正在为您转接理赔员', language: 'zh-CN' },
      { text: 'Thank you & goodbye', language: 'en-US' },
    ]);
    const recording = expect.stringMatching(/^RE[0-9a-f]{32}$/);
    expect(phases()).toEqual([
      { is: 'started' },
      { is: 'input', digits: '2' },
      { is: 'dialed', outcome: 'no-answer' },
      { is: 'recorded', seconds: 7, media: expect.objectContaining({ key: recording, contentType: 'audio/mpeg' }) },
      { is: 'ended', outcome: 'completed', seconds: 0 },
      { is: 'recorded', seconds: 7, media: expect.objectContaining({ key: recording }) },
      { is: 'transcribed', recording, text: 'I was rear-ended' },
    ]);
    const keys = stage.events().map(({ key }) => key);
    expect(keys[3]).toBe(keys[5]);
    expect(new Set(keys).size).toBe(6);
    expect(stage.outbox.map(({ text }) => text)).toContain('中文请按 2。');
  });

  test('that is taken ends with how long it was', async () => {
    await act({ do: 'call', from: customer, callId });
    await act({ do: 'press', callId, digits: '1' });
    await act({ do: 'pick-up', callId });
    expect(running()).toMatchObject({ state: 'in-progress', awaits: null });
    await act({ do: 'hang-up', callId });
    expect(phases().slice(2)).toEqual([
      { is: 'dialed', outcome: 'answered', seconds: 0 },
      { is: 'ended', outcome: 'completed', seconds: 0 },
    ]);
  });

  test('that is ended while it rings was not answered', async () => {
    await act({ do: 'call', from: customer, callId });
    await act({ do: 'press', callId, digits: '1' });
    await act({ do: 'hang-up', callId });
    expect(phases().slice(2)).toEqual([
      { is: 'dialed', outcome: 'no-answer' },
      { is: 'ended', outcome: 'completed', seconds: 0 },
    ]);
  });

  test('where nothing is pressed tells the hub so', async () => {
    await stage.close();
    const patient: ContractHarness['steps'] = (event) =>
      event.kind === 'call' && event.phase.is === 'started'
        ? [{ do: 'gather', mark: 'menu', prompts: [], timeoutSeconds: 0 }]
        : [{ do: 'hang-up' }];
    stage = await Stage.set(twilioVoice, { ...harness, steps: patient });
    await act({ do: 'call', from: customer, callId });
    await stage.until(() => phases().length === 3, 'silence to be told');
    expect(phases()[1]).toEqual({ is: 'input', digits: undefined, speech: undefined });
  });

  test('asked the same twice gives two events, and a redelivery of either gives none', async () => {
    await stage.close();
    const again: ContractHarness['steps'] = () => [
      { do: 'gather', mark: 'menu', prompts: [{ text: 'Once more', language: 'en' }], digits: 1, timeoutSeconds: 5 },
    ];
    stage = await Stage.set(twilioVoice, { ...harness, steps: again });
    await act({ do: 'call', from: customer, callId });
    await act({ do: 'press', callId, digits: '9' });
    await act({ do: 'press', callId, digits: '9' });
    const keys = stage.events().map(({ key }) => key);
    expect(new Set(keys).size).toBe(3);
    const { events, answer } = await stage.door('webhook').receive(stage.heard[1]!.request!);
    expect(events[0]?.key).toBe(keys[1]);
    expect(answer!({ duplicate: true, steps: again(events[0]!) })).toEqual(stage.heard[1]!.response);
  });

  test('that the hub fails is told to the caller and ends', async () => {
    await stage.simulator.act({ ...stage.line, secrets: { authToken: 'f'.repeat(32) } }, { do: 'call', from: customer, callId });
    expect(running()).toMatchObject({ state: 'ended', heard: [{ text: expect.stringContaining('application error') }] });
  });

  test('from an adjuster rings the adjuster first, then the customer, and speaks of the customer', async () => {
    const message = stage.message({ text: 'Calling Ms Li', bridge: { first: adjuster } });
    const { externalId } = await stage.channel.send(message);
    expect(running()).toMatchObject({
      id: externalId,
      direction: 'outbound',
      state: 'ringing',
      awaits: { for: 'pick-up', number: adjuster },
    });
    await act({ do: 'pick-up', callId: externalId });
    expect(running()).toMatchObject({
      customer: customer.value,
      awaits: { for: 'pick-up', number: customer.value },
      heard: [{ text: 'Calling Ms Li' }],
    });
    await act({ do: 'pick-up', callId: externalId });
    await act({ do: 'hang-up', callId: externalId });
    expect(stage.events()).toEqual([
      expect.objectContaining({
        direction: 'outbound',
        to: '+15550100200',
        from: customer,
        callId: externalId,
        mark: 'bridge',
        deliveryId: message.deliveryId,
        phase: { is: 'dialed', outcome: 'answered', seconds: 0 },
      }),
      expect.objectContaining({
        direction: 'outbound',
        to: '+15550100200',
        from: customer,
        phase: { is: 'ended', outcome: 'completed', seconds: 0 },
      }),
    ]);
  });

  test('from an adjuster who does not pick up never rings the customer', async () => {
    const { externalId } = await stage.channel.send(stage.message({ bridge: { first: adjuster } }));
    await act({ do: 'let-ring', callId: externalId });
    expect(phases()).toEqual([{ is: 'ended', outcome: 'no-answer', seconds: 0 }]);
    expect(running().customer).toBe(adjuster);
  });

  test('that Twilio does not tell us about is noticed by "Test connection"', async () => {
    stage.intercept = ({ path }) => (path.endsWith('/IncomingPhoneNumbers.json') ? number({ status_callback: '' }) : undefined);
    expect(await stage.channel.check()).toEqual({
      ok: false,
      field: 'phoneNumber',
      problem: expect.stringContaining('"Call status changes" of +15550100200'),
    });
    stage.intercept = ({ path }) => (path.endsWith('/IncomingPhoneNumbers.json') ? number({ capabilities: { voice: false } }) : undefined);
    expect(await stage.channel.check()).toEqual({ ok: false, field: 'phoneNumber', problem: '+15550100200 cannot do voice.' });
  });

  function number(over: object) {
    const url = stage.line.webhookUrl;
    const one = {
      phone_number: '+15550100200',
      capabilities: { voice: true },
      voice_url: url,
      status_callback: `${url}/voice/status`,
      ...over,
    };
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ incoming_phone_numbers: [one] }) };
  }

  test('whose answer was lost is found, and one that never left is absent', async () => {
    const message = stage.message();
    expect(await stage.channel.find!(message)).toBe('absent');
    stage.simulator.misbehave({ how: 'accept-then-die', times: 1 });
    await stage.failure(stage.channel.send(message));
    expect(await stage.channel.find!(message)).toEqual({ externalId: running().id, state: 'accepted' });
    expect(await stage.channel.find!(stage.message({ firstTriedAt: new Date(Date.now() + 60_000) }))).toBe('absent');
  });
});
