import { Readable } from 'node:stream';
import { email, type InboundBounce, type InboundMessage } from '@claimline/messages';
import { Stage, type ContractHarness } from '../testing';
import { emailKind } from './email.channel';
import { EmailSimulator } from './simulator';

const LINE = 'claims@insurer.example.test';
const customer = email('li.hua@customers.example.test', 'Li Hua');
const harness: ContractHarness = {
  start: EmailSimulator.start,
  line: LINE,
  customer,
  actions: [{ do: 'message', from: customer, text: 'Hello', subject: 'Accident' }],
  wrong: { field: 'smtpPassword' },
};
const thread = {
  token: '0192f0c1-2f64-7b31-9d5e-3a1b2c3d4e5f',
  references: ['<first@customers.example.test>', '<second@customers.example.test>'],
};

let stage: Stage;
beforeEach(async () => void (stage = await Stage.set(emailKind, harness)));
afterEach(() => stage.close());

const sent = async (over: Parameters<Stage['message']>[0]) => {
  const receipt = await stage.channel.send(stage.message(over));
  return { receipt, entry: stage.outbox.at(-1)!, headers: stage.outbox.at(-1)!.raw! };
};

test('an answer continues the thread and carries a signed address for the next one', async () => {
  const { receipt, entry, headers } = await sent({ subject: 'Re: 事故', text: '请补充照片', html: '<p>请补充照片</p>', thread });
  expect(headers['message-id']).toBe(receipt.reference);
  expect(headers['in-reply-to']).toBe('<second@customers.example.test>');
  expect(headers.references).toBe('<first@customers.example.test> <second@customers.example.test>');
  expect(headers['reply-to']).toMatch(/^reply\+0192f0c1-2f64-7b31-9d5e-3a1b2c3d4e5f\.[a-z2-7]{16}@insurer\.example\.test$/);
  expect([entry.subject, entry.text, entry.html]).toEqual(['Re: 事故', '请补充照片', '<p>请补充照片</p>']);
  expect([headers['auto-submitted'], headers['list-unsubscribe']]).toEqual([undefined, undefined]);
});

test('the customer who answers to it is recognised', async () => {
  const { headers } = await sent({ thread });
  const [heard] = await stage.act({ do: 'message', from: customer, text: 'Here it is', inReplyTo: headers['message-id'] });
  expect((heard?.events[0] as InboundMessage).reply?.references[0]).toBe(headers['message-id']);
});

test('a second try of one delivery has the same Message-ID, another delivery has another', async () => {
  const message = stage.message();
  const ids = [await stage.channel.send(message), await stage.channel.send(message), await stage.channel.send(stage.message())].map(
    (receipt) => receipt.externalId,
  );
  expect([ids[0] === ids[1], ids[0] === ids[2]]).toEqual([true, false]);
});

test('a notice says that a machine wrote it and how to get no more', async () => {
  const { headers } = await sent({ automatic: 'notice', thread });
  expect(headers).toMatchObject({
    'auto-submitted': 'auto-generated',
    'list-unsubscribe': expect.stringMatching(/^<mailto:unsub\+0192.*@insurer\.example\.test\?subject=unsubscribe>$/),
    'envelope-from': LINE,
  });
});

test('an automatic answer has no sender to bounce to', async () => {
  const { headers } = await sent({ automatic: 'reply', thread });
  expect(headers).toMatchObject({ 'auto-submitted': 'auto-replied', 'x-auto-response-suppress': 'All', 'envelope-from': '' });
});

test('copies go to those who were named and to nobody else', async () => {
  await sent({ cc: [email('wang@broker.example.test')] });
  expect(stage.outbox.map((entry) => entry.to)).toEqual(['li.hua@customers.example.test', 'wang@broker.example.test']);
});

test('files go with it, in full', async () => {
  const content = Buffer.alloc(3_000_000, 7);
  const file = {
    name: '定损单.pdf',
    contentType: 'application/pdf',
    size: content.length,
    url: 'http://127.0.0.1:9/x',
    open: async () => Readable.from([content.subarray(0, 1_000_000), content.subarray(1_000_000)]),
  };
  const { entry } = await sent({ attachments: [file] });
  expect(entry.attachments).toEqual([{ name: '定损单.pdf', contentType: 'application/pdf', size: 3_000_000 }]);
});

test('a file that cannot be opened keeps the mail back', async () => {
  const file = {
    name: 'gone.pdf',
    contentType: 'application/pdf',
    size: 1,
    url: 'http://127.0.0.1:9/x',
    open: () => Promise.reject(new Error('gone')),
  };
  expect(await stage.failure(stage.channel.send(stage.message({ attachments: [file] })))).toMatchObject({ fate: 'unavailable' });
  expect(stage.outbox).toEqual([]);
});

test('a file that breaks on the way leaves no half mail', async () => {
  const open = async () =>
    Readable.from(
      (function* () {
        yield Buffer.alloc(200_000, 1);
        throw new Error('the disk is gone');
      })(),
    );
  const file = { name: 'half.pdf', contentType: 'application/pdf', size: 400_000, url: 'http://127.0.0.1:9/x', open };
  expect(['unavailable', 'rejected']).toContain((await stage.failure(stage.channel.send(stage.message({ attachments: [file] })))).fate);
  expect(stage.outbox).toEqual([]);
});

test('a subject cannot smuggle a header in', async () => {
  const { headers } = await sent({ subject: 'Hello\r\nBcc: thief@evil.example.test' });
  expect(headers.bcc).toBeUndefined();
  expect(stage.outbox).toHaveLength(1);
});

test('when the main recipient is refused and a copied one is taken, it is a refusal', async () => {
  stage.simulator.misbehave({ how: 'refuse', to: customer.value });
  expect(await stage.failure(stage.channel.send(stage.message({ cc: [email('wang@broker.example.test')] })))).toMatchObject({
    fate: 'rejected',
    addressUnusable: true,
  });
});

test('a bounce that comes later speaks of the mail that was sent', async () => {
  stage.simulator.misbehave({ how: 'undeliverable' });
  const { externalId } = await stage.channel.send(stage.message());
  await stage.until(() => stage.events().length > 0, 'the bounce');
  expect(stage.events()[0] as InboundBounce).toMatchObject({
    kind: 'bounce',
    externalId,
    permanent: true,
    status: '5.1.1',
    recipient: { value: customer.value },
  });
});

test('what is wrong with the server is named by its field', async () => {
  const smtp = stage.line.config.smtp as object;
  const check = (over: object) =>
    stage.open({ config: { ...stage.line.config, smtp: { ...smtp, ...over } }, secrets: stage.line.secrets }).check();
  expect(await check({ port: 1 })).toMatchObject({ ok: false, field: 'smtp.host' });
  expect(await check({ secure: true })).toMatchObject({ ok: false, field: 'smtp.secure' });
});
