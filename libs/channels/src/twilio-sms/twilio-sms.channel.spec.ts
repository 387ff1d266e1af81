import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { tel, type InboundEvent, type InboundMessage, type MediaRef } from '@claimline/messages';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { describeChannelContract, Stage, type ContractHarness } from '../testing';
import { startTwilioSms } from './simulator';
import { twilioSms } from './twilio-sms.channel';

const customer = tel('+15550100177');
const photo = { name: 'bumper.jpg', contentType: 'image/jpeg', content: Buffer.from('ffd8ffe000104a464946', 'hex') };

const harness: ContractHarness = {
  start: startTwilioSms,
  line: '+15550100100',
  customer,
  actions: [
    { do: 'message', from: customer, text: 'Crashed yesterday, policy 8812 我在延安路被追尾了 + 100% & more' },
    { do: 'message', from: customer, text: 'the bumper', media: [photo, photo] },
    { do: 'message', from: customer, text: 'STOP' },
  ],
  mediaAction: { do: 'message', from: customer, text: '', media: [photo] },
  wrong: { field: 'authToken', secrets: { authToken: '0'.repeat(32) } },
  troubles: {
    // A 500 says nothing about what Twilio did before: it is asked with `find`.
    'answer-500': { fate: 'uncertain', vendorCode: '20500' },
    refuse: { fate: 'rejected', reason: 'undeliverable', vendorCode: '21612' },
    'opted-out': { fate: 'suppressed', reason: 'opted-out', vendorCode: '21610' },
    undeliverable: { later: 'undeliverable', reason: 'address-unusable', vendorCode: '30005' },
    unauthorized: { fate: 'misconfigured', field: 'authToken' },
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
  skip: [
    { reason: 'Twilio signs no time; a replay has the same MessageSid and is known by it', rules: ['refuses-stale'] },
    { reason: 'Twilio calls us, we hold no stream open', rules: ['stream-stops', 'stream-redelivers'] },
  ],
};

describeChannelContract(twilioSms, harness);

describe('an SMS line', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.set(twilioSms, harness);
  });
  afterEach(() => stage.close());

  const text = (words: string) => stage.act({ do: 'message', from: customer, text: words });
  const fileOf = (event: InboundEvent | undefined): MediaRef => (event as InboundMessage).media[0]!;
  const heardBy = (device: string) => stage.outbox.filter(({ to }) => to === device).map((entry) => entry.text);

  test('after STOP the carrier has answered, and refuses us until START', async () => {
    const [stop] = await text('Stop');
    expect(stop!.events).toEqual([
      expect.objectContaining({ text: 'Stop', carrierHandled: 'opt-out', facts: expect.objectContaining({ OptOutType: 'STOP' }) }),
    ]);
    expect(heardBy(customer.value)).toEqual([expect.stringContaining('unsubscribed')]);
    expect(await stage.failure(stage.channel.send(stage.message()))).toMatchObject({
      fate: 'suppressed',
      reason: 'opted-out',
      vendorCode: '21610',
    });
    const [start] = await text('START');
    expect(start!.events).toEqual([expect.objectContaining({ carrierHandled: 'opt-in' })]);
    expect(await stage.channel.send(stage.message())).toMatchObject({ state: 'accepted' });
  });

  test('a YES lifts the block of the carrier and is still no consent', async () => {
    await text('STOP');
    const [yes] = await text('Yes');
    expect(yes!.events).toEqual([
      expect.objectContaining({ text: 'Yes', carrierHandled: undefined, facts: expect.objectContaining({ OptOutType: 'START' }) }),
    ]);
    expect(await stage.channel.send(stage.message())).toMatchObject({ state: 'accepted' });
  });

  test('a picture that Twilio does not have yet can be fetched later (it is never lost)', async () => {
    const [heard] = await stage.act(harness.mediaAction as Parameters<Stage['act']>[0]);
    const ref = fileOf(heard!.events[0]);
    stage.simulator.misbehave({ how: 'media-404', times: 2 });
    for (let attempt = 0; attempt < 2; attempt += 1) expect((await stage.failure(stage.channel.fetchMedia!(ref))).fate).toBe('unavailable');
    const media = await stage.channel.fetchMedia!(ref);
    expect(media).toMatchObject({ contentType: 'image/jpeg', size: photo.content.byteLength });
    expect(Buffer.concat(await media.stream.toArray())).toEqual(photo.content);
  });

  test('files are asked for at the API with the password and at the content network without', async () => {
    const [heard] = await stage.act(harness.mediaAction as Parameters<Stage['act']>[0]);
    const asked: [string, boolean][] = [];
    stage.intercept = ({ path, headers }) => {
      asked.push([path.split('/')[1]!, 'authorization' in headers]);
      return path.startsWith('/cdn')
        ? undefined
        : { status: 307, headers: { location: stage.simulatorOrigin.replace('127.0.0.1', 'localhost') + '/twilio-sms/cdn/x' }, body: '' };
    };
    const ref = fileOf(heard!.events[0]);
    expect((await stage.failure(stage.channel.fetchMedia!(ref))).fate).toBe('rejected');
    expect(asked).toEqual([['2010-04-01', true]]);
  });

  test('a report carries our own delivery id, so that a send whose answer was lost is settled', async () => {
    const message = stage.message();
    stage.simulator.misbehave({ how: 'accept-then-die', times: 1 });
    await stage.failure(stage.channel.send(message));
    await stage.until(() => stage.events().some((event) => event.kind === 'delivery' && event.state === 'delivered'), 'the report');
    expect(stage.events()).toContainEqual(
      expect.objectContaining({ kind: 'delivery', state: 'delivered', deliveryId: message.deliveryId, to: '+15550100100' }),
    );
  });

  test('the same words to the same person are not taken for an earlier message', async () => {
    const earlier = stage.message({ text: 'ok' });
    await stage.channel.send(earlier);
    const later = stage.message({ text: 'ok', firstTriedAt: new Date(Date.now() + 10_000) });
    expect(await stage.channel.find!(later)).toBe('absent');
    expect(await stage.channel.find!(earlier)).toMatchObject({ externalId: expect.stringMatching(/^SM/) });
  });

  test('an uncertain send is found on a later page of the list, too', async () => {
    const message = stage.message({ text: 'the first of many' });
    await stage.channel.send(message);
    for (let other = 0; other < 60; other += 1) await stage.channel.send(stage.message());
    expect(await stage.channel.find!(message)).toMatchObject({ externalId: expect.stringMatching(/^SM/) });
  });

  test('what was missed comes back with its files, oldest first', async () => {
    await text('first');
    await stage.act({ do: 'message', from: customer, text: 'second', media: [photo] });
    const missed: InboundEvent[] = [];
    for await (const event of stage.channel.backfill!(new Date(Date.now() - 60_000))) missed.push(event);
    const came = stage.events() as InboundMessage[];
    expect(missed).toMatchObject(came.map(({ kind, key, to, text: words, media }) => ({ kind, key, to, text: words, media })));
    const file = await stage.channel.fetchMedia!(fileOf(missed[1]));
    expect(Buffer.concat(await file.stream.toArray())).toEqual(photo.content);
  });

  test('pictures go along, other files are refused', async () => {
    const file = (contentType: string, name: string) => ({
      name,
      contentType,
      size: photo.content.byteLength,
      url: `${server.url}/${name}`,
      open: async () => Readable.from([photo.content]),
    });
    const server = await servePicture();
    try {
      await stage.channel.send(stage.message({ attachments: [file('image/jpeg', 'bumper.jpg')] }));
      expect(stage.outbox[0]?.attachments).toEqual([{ name: 'bumper.jpg', contentType: 'image/jpeg', size: photo.content.byteLength }]);
      expect(await stage.failure(stage.channel.send(stage.message({ attachments: [file('application/pdf', 'a.pdf')] })))).toMatchObject({
        fate: 'rejected',
        reason: 'not-capable',
      });
    } finally {
      await server.close();
    }
  });

  test('a message that arrives while the hub is away is kept by Twilio and can be asked for', async () => {
    const away = { ...stage.line, webhookUrl: 'http://127.0.0.1:9/webhooks/contract' };
    expect(await stage.simulator.act(away, { do: 'message', from: customer, text: 'anybody there?' })).toMatchObject({ status: 502 });
    const missed: InboundEvent[] = [];
    for await (const event of stage.channel.backfill!(new Date(Date.now() - 60_000))) missed.push(event);
    expect(missed).toEqual([expect.objectContaining({ kind: 'message', text: 'anybody there?', occurredAt: expect.any(Date) })]);
  });

  test('without receipts of the carrier nothing is claimed', async () => {
    stage.simulator.misbehave({ how: 'no-receipts' });
    const { externalId } = await stage.channel.send(stage.message());
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(stage.events()).toEqual([]);
    expect(externalId).toMatch(/^SM/);
  });

  test('a number that Twilio does not bring to us, or does not have, is named', async () => {
    const elsewhere = stage.open({ ...stage.line, config: { ...stage.line.config, phoneNumber: '+15550100999' } });
    expect(await elsewhere.check()).toEqual({ ok: false, field: 'phoneNumber', problem: 'This account has no number +15550100999.' });
    await stage.simulator.connect({ ...stage.line, webhookUrl: 'https://old.example/hook' });
    expect(await stage.channel.check()).toEqual({
      ok: false,
      field: 'phoneNumber',
      problem: expect.stringContaining('A message comes in'),
    });
    const nobody = stage.open({ ...stage.line, config: { ...stage.line.config, apiBaseUrl: 'http://127.0.0.1:9' } });
    expect(await nobody.check()).toEqual({ ok: false, field: 'apiBaseUrl', problem: expect.stringContaining('cannot be reached') });
  });
});

async function servePicture() {
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'image/jpeg', connection: 'close' }).end(photo.content),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
