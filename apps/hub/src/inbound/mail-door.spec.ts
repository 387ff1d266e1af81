import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import sharp from 'sharp';
import { replyToken } from '../flows/receive-message';
import { MailListener } from './mail-listener';
import { openOutsideHub, type OutsideHub } from './testing/outside-hub';

let hub: OutsideHub;
let claims: string;
let fleet: string;
beforeAll(async () => {
  hub = await openOutsideHub();
  claims = await hub.mailbox('claims@insurer.test', { replyDomain: 'in.insurer.test' });
  fleet = await hub.mailbox('fleet@insurer.test');
});
afterAll(() => hub.close());

async function send(mail: SendMailOptions): Promise<string> {
  const transport = createTransport({ host: '127.0.0.1', port: hub.smtpPort, secure: false, ignoreTLS: true });
  try {
    return (await transport.sendMail({ from: 'mei@customer.test', subject: 'my car', text: 'hello', ...mail })).response;
  } finally {
    transport.close();
  }
}
const refusal = (mail: SendMailOptions): Promise<{ responseCode: number; response: string }> =>
  send(mail).then(
    () => Promise.reject(new Error('it was taken')),
    (error) => error,
  );
const messages = (inbox: string) => hub.sql('SELECT id, subject, text FROM messages WHERE inbox_id = $1 ORDER BY id', [inbox]);

/** Says lines one by one and hears the answer to each. */
class Client {
  private text = '';

  private constructor(readonly socket: Socket) {
    socket.setEncoding('utf8').on('data', (chunk: string) => (this.text += chunk));
  }

  static async open(): Promise<Client> {
    const client = new Client(connect(hub.smtpPort, '127.0.0.1'));
    await client.heard(1);
    return client;
  }

  /** Final lines of answers so far. */
  get answers(): string[] {
    return this.text.split('\r\n').filter((line) => /^\d{3} /.test(line));
  }

  async heard(count: number): Promise<string[]> {
    while (this.answers.length < count) await once(this.socket, 'data');
    return this.answers;
  }

  async say(line: string, answers = 1): Promise<string[]> {
    const before = this.answers.length;
    this.socket.write(`${line}\r\n`);
    return (await this.heard(before + answers)).slice(before);
  }

  async close(): Promise<void> {
    this.socket.destroy();
    await once(this.socket, 'close');
  }
}

test('a mail with a photo is on disk when the sender hears 250', async () => {
  const photo = await picture(900, 600);
  const response = await send({
    to: 'Claims@Insurer.test',
    subject: 'photo of my bumper',
    text: '这是照片',
    attachments: [{ filename: '保险杠.png', content: photo }],
  });
  expect(response).toMatch(/^250 2\.0\.0/);
  const [message] = (await messages(claims)).filter(({ subject }) => subject === 'photo of my bumper');
  expect(message.text).toContain('这是照片');
  const [file] = await hub.sql(
    'SELECT a.state, a.name, f.content_type, f.size::int, f.thumbnail_key FROM attachments a JOIN files f ON f.id = a.file_id WHERE a.message_id = $1',
    [message.id],
  );
  expect(file).toMatchObject({
    state: 'stored',
    name: '保险杠.png',
    content_type: 'image/png',
    size: photo.length,
    thumbnail_key: expect.any(String),
  });
});

test('the same mail again is known, and its sender hears the same', async () => {
  const mail = {
    to: 'claims@insurer.test',
    subject: 'said twice',
    messageId: '<twice@customer.test>',
    date: new Date('2026-11-22T07:00:00Z'),
  };
  await send(mail);
  expect(await send(mail)).toMatch(/^250/);
  expect((await messages(claims)).filter(({ subject }) => subject === 'said twice')).toHaveLength(1);
});

test('a mail to two of our mailboxes is one message in each', async () => {
  await send({ to: ['claims@insurer.test', 'fleet@insurer.test'], subject: 'to both of you' });
  for (const inbox of [claims, fleet])
    expect((await messages(inbox)).filter(({ subject }) => subject === 'to both of you')).toHaveLength(1);
});

test('a mailbox named twice in one mail gets it once', async () => {
  await send({ to: ['fleet@insurer.test', 'fleet+photos@insurer.test', 'FLEET@insurer.test'], subject: 'three names, one box' });
  expect((await messages(fleet)).filter(({ subject }) => subject === 'three names, one box')).toHaveLength(1);
});

test.each(['nobody@insurer.test', 'claims@elsewhere.test', 'reply+abc@insurer.test', 'claims@insurer.test.evil.test'])(
  '%s is none of ours: 550, and nothing is passed on',
  async (to) => {
    expect(await refusal({ to })).toMatchObject({ responseCode: 550 });
  },
);

test.each([
  'fleet+ref-7@insurer.test',
  'whatever@in.insurer.test',
  `reply+${replyToken('01900000-0000-7000-8000-000000000001')}.aaaaaaaaaaaaaaaa@insurer.test`,
])('%s reaches one of our mailboxes', async (to) => {
  expect(await send({ to, subject: `for ${to}` })).toMatch(/^250/);
  expect(await hub.sql('SELECT 1 FROM messages WHERE subject = $1', [`for ${to}`])).toHaveLength(1);
});

test('more than thirty-six megabytes are refused with 552, said before or after, and nothing of it is kept', async () => {
  const [{ count: before }] = await hub.sql('SELECT count(*)::int AS count FROM inbound_raw');
  expect(
    await refusal({ to: 'claims@insurer.test', attachments: [{ filename: 'film.bin', content: Buffer.alloc(28 * 1024 * 1024, 9) }] }),
  ).toMatchObject({ responseCode: 552 });
  const client = await Client.open();
  await client.say('EHLO customer.test');
  expect(await client.say(`MAIL FROM:<mei@customer.test> SIZE=${40 * 1024 * 1024}`)).toEqual([expect.stringMatching(/^552/)]);
  await client.close();
  expect(await hub.sql('SELECT count(*)::int AS count FROM inbound_raw')).toEqual([{ count: before }]);
});

test('a large mail lies sealed in the file store, its beginning in the journal', async () => {
  await send({
    to: 'claims@insurer.test',
    subject: 'many scans',
    attachments: [{ filename: 'scan.bin', content: Buffer.alloc(3 * 1024 * 1024, 5) }],
  });
  const [raw] = await hub.sql('SELECT octet_length(sealed) AS bytes, file_id FROM inbound_raw WHERE file_id IS NOT NULL');
  expect(raw.bytes).toBeLessThan(20_000);
  const [file] = await hub.sql('SELECT storage_key, size::int FROM files WHERE id = $1', [raw.file_id]);
  expect(file.size).toBeGreaterThan(4 * 1024 * 1024);
  const bytes = await readFile(
    path.join(hub.config.filesFolder, file.storage_key.slice(0, 2), file.storage_key.slice(2, 4), file.storage_key),
  );
  expect(bytes.includes('Subject: many scans')).toBe(false);
});

test('a mail with the EICAR file arrives, and the file is put into quarantine', async () => {
  const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!', '$H+H*'].join('');
  await send({ to: 'claims@insurer.test', subject: 'invoice', attachments: [{ filename: 'invoice.com', content: eicar }] });
  const [file] = await hub.sql(
    `SELECT a.state, a.problem FROM attachments a JOIN messages m ON m.id = a.message_id WHERE m.subject = 'invoice'`,
  );
  expect(file).toEqual({ state: 'quarantined', problem: 'EICAR-Test-File' });
});

test('the null sender and a mail without headers are taken', async () => {
  const client = await Client.open();
  await client.say('EHLO customer.test');
  await client.say('MAIL FROM:<>');
  await client.say('RCPT TO:<claims@insurer.test>');
  await client.say('DATA');
  expect(await client.say('\r\njust words, \u0000no header\r\n.')).toEqual([expect.stringMatching(/^250/)]);
  await client.close();
});

test('LMTP on the same port has an answer for each recipient', async () => {
  const client = await Client.open();
  expect(await client.say('LHLO mta.test')).toEqual([expect.stringMatching(/^250/)]);
  await client.say('MAIL FROM:<mei@customer.test>');
  expect(await client.say('RCPT TO:<claims@insurer.test>')).toEqual([expect.stringMatching(/^250/)]);
  expect(await client.say('RCPT TO:<nobody@insurer.test>')).toEqual([expect.stringMatching(/^550/)]);
  expect(await client.say('RCPT TO:<fleet@insurer.test>')).toEqual([expect.stringMatching(/^250/)]);
  await client.say('DATA');
  expect(await client.say('From: mei@customer.test\r\nSubject: by lmtp\r\n\r\nhello\r\n.', 2)).toEqual([
    expect.stringMatching(/^250/),
    expect.stringMatching(/^250/),
  ]);
  await client.close();
  for (const inbox of [claims, fleet]) expect((await messages(inbox)).filter(({ subject }) => subject === 'by lmtp')).toHaveLength(1);
});

test('nobody signs in here, and nothing is relayed', async () => {
  const client = await Client.open();
  await client.say('EHLO customer.test');
  expect(await client.say('AUTH PLAIN AGEAYg==')).toEqual([expect.stringMatching(/^5\d\d/)]);
  await client.close();
});

test('a sender who stops in the middle costs the others nothing', async () => {
  const slow = await Client.open();
  await slow.say('EHLO slow.test');
  await slow.say('MAIL FROM:<slow@customer.test>');
  await slow.say('RCPT TO:<claims@insurer.test>');
  await slow.say('DATA');
  slow.socket.write('Subject: never ends\r\n\r\nhalf of a');
  await Promise.all(
    Array.from({ length: 12 }, (_, n) => send({ to: 'fleet@insurer.test', from: `c${n}@customer.test`, subject: `meanwhile ${n}` })),
  );
  await slow.close();
  expect((await messages(fleet)).filter(({ subject }) => subject?.startsWith('meanwhile'))).toHaveLength(12);
  expect(await hub.sql(`SELECT 1 FROM messages WHERE subject = 'never ends'`)).toEqual([]);
});

test('while the journal cannot be written the sender is told to come again, and comes in when it can', async () => {
  await hub.sql(`ALTER TABLE inbound_raw RENAME TO inbound_raw_away`);
  const away = await refusal({ to: 'fleet@insurer.test', subject: 'in bad times' }).finally(() =>
    hub.sql(`ALTER TABLE inbound_raw_away RENAME TO inbound_raw`),
  );
  expect(away.responseCode).toBe(451);
  expect(await send({ to: 'fleet@insurer.test', subject: 'in bad times' })).toMatch(/^250/);
  expect((await messages(fleet)).filter(({ subject }) => subject === 'in bad times')).toHaveLength(1);
});

test('closing takes nothing new and ends what is talking', async () => {
  const other = new MailListener({
    host: '127.0.0.1',
    port: 0,
    desk: undefined as never,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const port = await other.start();
  const talker = connect(port, '127.0.0.1');
  await once(talker, 'data');
  const ended = once(talker, 'close');
  talker.resume();
  await other.stop();
  await ended;
  await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await expect(
    new MailListener({
      host: '127.0.0.1',
      port: hub.smtpPort,
      desk: undefined as never,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    }).start(),
  ).rejects.toThrow('SMTP_PORT');
});

const picture = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#3a6ea5' } })
    .png()
    .toBuffer();
