import { randomBytes, randomUUID } from 'node:crypto';
import type { ConversationItem, Message, NeedsLookItem } from '@claimline/protocol';
import type { ConsoleClient } from '../world/console-client';
import { foundMail, postMail, postRawMail } from '../world/mailer';
import { until } from '../world/until';
import { World } from '../world/world';

let world: World;
let desk: ConsoleClient;

beforeAll(async () => {
  world = await World.open();
  desk = await world.signIn('supervisor');
}, 240_000);
afterAll(() => world?.close());

let counter = 0;
const somebody = (): string => `writer.${(counter += 1)}@customers.test`;
const bring = (from: string, raw: Buffer | string, to: readonly string[] = [world.mail.address]): Promise<string> =>
  postRawMail(world.mail.smtp, { from, to }, raw);
const found = async (name: string): Promise<Message> => {
  const from = somebody();
  await bring(from, foundMail(name, { from, id: `${randomUUID()}@customers.test` }));
  return (await threadOf(from)).at(-1)!;
};
const conversationOf = (address: string): Promise<ConversationItem> =>
  until(`a conversation of ${address}`, async () => (await desk.find(address)).items[0]);
const threadOf = async (address: string): Promise<Message[]> => (await desk.thread((await conversationOf(address)).id)).items;

test('what nobody can read is kept for a person, a large one takes its time, and the good mail behind them arrives', async () => {
  const [garbage, large, good] = [somebody(), somebody(), somebody()];
  const bytes = randomBytes(24 * 1024 * 1024);
  const all = [
    bring(garbage, randomBytes(200_000)),
    bring(garbage, Buffer.concat([Buffer.from('Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'), Buffer.alloc(64 * 1024)])),
    bring(garbage, ''),
    postMail(world.mail.smtp, {
      from: large,
      to: world.mail.address,
      subject: 'Plans',
      text: 'all plans',
      attachments: [{ filename: 'plans.bin', content: bytes }],
    }),
    postMail(world.mail.smtp, { from: good, to: world.mail.address, subject: 'Good', text: 'I am the good one' }),
  ];
  await Promise.allSettled(all);
  expect((await threadOf(good)).map(({ text }) => text)).toEqual(['I am the good one']);
  const [plans] = await until('the large file', async () => {
    const files = (await threadOf(large))[0]!.attachments;
    return files[0]?.state === 'stored' ? files : undefined;
  });
  expect(plans).toMatchObject({ name: 'plans.bin', size: bytes.length });
  // Kept: as a message or before a person, never nowhere.
  const look = (await desk.get<{ items: NeedsLookItem[] }>('/api/needs-look')).items;
  const kept = look.length + ((await desk.find(garbage)).items.length > 0 ? (await threadOf(garbage)).length : 0);
  expect(kept).toBeGreaterThanOrEqual(2);
});

test('two mails without a Message-ID are two messages, however alike; the same mail twice is one', async () => {
  const from = somebody();
  const plain = foundMail('no-message-id', { from, id: '' }).toString('latin1');
  await bring(from, plain);
  await bring(from, plain.replace('A stone hit', 'Another stone hit'));
  await bring(from, plain);
  const empty = foundMail('empty-message-id', { from, id: '' });
  await bring(from, empty);
  await bring(from, empty);
  expect((await threadOf(from)).map(({ text }) => text.slice(0, 13))).toEqual(expect.arrayContaining(['A stone hit m', 'Another stone']));
  expect(await threadOf(from)).toHaveLength(3);

  const twice = foundMail('html-only', { from: somebody(), id: 'twice@customers.test' });
  const [, sender] = /From: .*<(.+)>/.exec(twice.toString('latin1'))!;
  for (let i = 0; i < 3; i++) await bring(sender!, twice);
  expect(await threadOf(sender!)).toHaveLength(1);
});

test('an empty mail with a PDF shows its PDF; Chinese in old encodings and Outlook’s winmail.dat are read', async () => {
  const pdf = await found('empty-body-with-pdf');
  expect(pdf.attachments).toMatchObject([{ name: '维修报价.pdf', contentType: 'application/pdf' }]);
  expect((await found('gb18030-labelled-gb2312')).text).toContain('沪A');
  const outlook = await found('winmail-dat');
  expect(outlook.text).toContain('See the attached list');
  // What was inside stands beside the original, which is kept as it came.
  expect(outlook.attachments.map(({ name }) => name)).toEqual(['winmail.dat', '定损照片清单.txt']);
});

test('quoted history is folded, not lost, also behind 发件人', async () => {
  for (const name of ['outlook-cn-quote', 'apple-mail-replaces-references', 'qq-quote']) {
    const mail = await found(name);
    expect(mail.text).not.toMatch(/发件人|wrote:|原始邮件/);
    expect(mail.quoted).toMatch(/发件人|wrote:|原始邮件/);
  }
});

test('the HTML of a mail is shown without its scripts, forms and pictures from elsewhere', async () => {
  const from = somebody();
  const html = `<p onclick="steal()">The <b>roof</b> leaks</p><script>steal()</script><form action="https://evil.example"><input></form><img src="https://evil.example/pixel.gif"><a href="javascript:steal()">x</a>`;
  await postMail(world.mail.smtp, { from, to: world.mail.address, subject: 'Roof', html });
  const [message] = await threadOf(from);
  expect(message!.html).toBe(true);
  const response = await fetch(`${world.hub.url}/api/messages/${message!.id}/html`, { headers: desk.signedIn });
  const shown = await response.text();
  expect(shown).toContain('<b>roof</b>');
  expect(shown).not.toMatch(/script|onclick|<form|<input|src="https:\/\/evil/i);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await fetch(`${world.hub.url}/api/messages/${message!.id}/html`)).status).toBe(401);
});

test('an automatic answer of a machine is never answered by ours, nor does it wait for a person', async () => {
  const from = somebody();
  await bring(from, foundMail('auto-reply', { from, id: `${randomUUID()}@customers.test` }));
  const item = await until('the label', async () => (await desk.find(from)).items.find(({ labels }) => labels.includes('automatic')));
  expect(item.awaitingReply).toBe(false);
  await bring(from, foundMail('html-only', { from, id: `${randomUUID()}@customers.test` }));
  await until('the good mail', async () => (await threadOf(from)).length === 2);
  expect(await world.outbox(from)).toEqual([]);
});

test('a bounce of ours marks the message it is about and somebody gets a task', async () => {
  const from = somebody();
  await postMail(world.mail.smtp, { from, to: world.mail.address, subject: 'Hello', text: 'hello' });
  const { id } = await conversationOf(from);
  await world.sandbox.misbehave('email', { how: 'undeliverable', to: from });
  await desk.reply(id, 'Is this still your address?');
  const last = await until('the bounce', async () =>
    (await desk.thread(id)).items.find(({ delivery }) => delivery && ['undeliverable', 'failed'].includes(delivery.state)),
  );
  await world.sandbox.misbehave('email', null);
  expect(last).toMatchObject({ text: 'Is this still your address?', delivery: { state: 'undeliverable' } });
  // The report itself is not a message of the customer.
  expect((await desk.thread(id)).items).toHaveLength(2);
  const task = await until('the task', async () =>
    (await desk.get<{ items: { kind: string; conversationId: string }[] }>('/api/tasks?view=all')).items.find(
      (one) => one.conversationId === id,
    ),
  );
  expect(task.kind).toBe('send-another-way');
});

test('a mail to two of our addresses is one message, and those in copy are not written to unasked', async () => {
  const from = somebody();
  const mail = {
    from,
    to: [world.mail.address, 'Broker <broker@elsewhere.test>'],
    cc: [world.mail.address, 'garage@elsewhere.test'],
    subject: 'Both',
    text: 'to both of you',
  };
  await postMail(world.mail.smtp, { ...mail, envelope: { from, to: [world.mail.address, world.mail.address] } });
  const [message, ...more] = await threadOf(from);
  expect(more).toEqual([]);
  expect(message).toMatchObject({ text: 'to both of you', cc: expect.arrayContaining(['garage@elsewhere.test']) });
  await desk.reply((await conversationOf(from)).id, 'only to the one who wrote');
  const answer = await world.sandbox.waitFor(from, ({ text }) => text.includes('only to the one'));
  expect(answer.raw?.to).not.toMatch(/broker|garage/);
  for (const other of ['broker@elsewhere.test', 'garage@elsewhere.test']) expect(await world.outbox(other)).toEqual([]);
});

test('a mail to two of our mailboxes opens one conversation, not two that answer past each other', async () => {
  const administrator = await world.signIn('administrator');
  const second = `motor@${world.mail.address.split('@')[1]}`;
  const settings = await world.sandbox.newLine('email', second);
  const made = await administrator.call('POST', '/api/inboxes', { kind: 'email', name: 'Motor', region: 'CN', ...settings });
  expect(made.status).toBe(201);
  const from = somebody();
  await postMail(world.mail.smtp, { from, to: [world.mail.address, second], subject: 'Both of you', text: 'to both mailboxes' });
  await conversationOf(from);
  await postMail(world.mail.smtp, { from, to: world.mail.address, subject: 'Later', text: 'a later one' });
  await until('the later one', async () => (await threadOf(from)).some(({ text }) => text === 'a later one'));
  expect((await desk.find(from)).items).toHaveLength(1);
  // Each mailbox keeps the copy that it was sent; they stand in the one thread.
  expect([...new Set((await threadOf(from)).map(({ text }) => text))]).toEqual(['to both mailboxes', 'a later one']);
});
