import { readFileSync } from 'node:fs';
import path from 'node:path';
import { email, type Deliver, type InboundMessage } from '@claimline/messages';
import { Stage, type ContractHarness } from '../testing';
import { emailKind } from './email.channel';
import { EmailSimulator } from './simulator';

const LINE = 'claims@insurer.example.test';
const customer = email('li.hua@customers.example.test');
const harness: ContractHarness = {
  start: async (host) => {
    const simulator = await EmailSimulator.start(host);
    simulator.newLine = simulator.newImapLine.bind(simulator);
    return simulator;
  },
  line: LINE,
  customer,
  actions: [{ do: 'message', from: customer, text: 'Hello' }],
  wrong: { field: 'smtpPassword' },
};
const fixture = (name: string) => readFileSync(path.join(__dirname, 'fixtures', `${name}.eml`));

let stage: Stage;
let vendor: EmailSimulator;
beforeEach(async () => {
  stage = await Stage.set(emailKind, harness);
  vendor = stage.simulator as EmailSimulator;
});
afterEach(() => stage.close());

const inbox = () => vendor.mailboxes.get(LINE)!.inbox;
const texts = () => stage.events().map((event) => (event as InboundMessage).text);
const write = (text: string) => vendor.act(stage.line, { do: 'message', from: customer, text });
const arrive = (...words: string[]) =>
  stage.until(() => words.every((one) => texts().includes(one)), `${words.join(', ')}; heard ${texts().join(', ')}`, 6_000);

test('a mail is told by IDLE', async () => {
  await write('first');
  await arrive('first');
  await write('second');
  await arrive('second');
  expect(texts()).toEqual(['first', 'second']);
});

test('what came while nobody read is read in its order, however much it is, and nothing twice', async () => {
  await write('before');
  await arrive('before');
  await stage.stopListening();
  for (let index = 0; index < 30; index++)
    inbox().add(Buffer.from(`From: li@x.test\r\nMessage-ID: <${index}@x.test>\r\n\r\nmail ${index}\r\n`), new Date());
  stage.listen();
  await arrive('mail 29');
  expect(texts()).toEqual(['before', ...Array.from({ length: 30 }, (_, index) => `mail ${index}`)]);
});

test('an outage of a month loses nothing: the cursor counts, not the date', async () => {
  await write('before');
  await arrive('before');
  await stage.stopListening();
  inbox().add(Buffer.from('From: li@x.test\r\n\r\na month ago\r\n'), new Date(Date.now() - 30 * 86_400_000));
  stage.listen();
  await arrive('a month ago');
});

test('a broken connection is made again', async () => {
  await write('before');
  await arrive('before');
  vendor.imap.cut();
  await write('after');
  await arrive('after');
  expect(texts()).toEqual(['before', 'after']);
});

test('old mail in a mailbox that is connected for the first time is left alone', async () => {
  await stage.stopListening();
  const other = await Stage.set(emailKind, {
    ...harness,
    start: async (host) => {
      const simulator = await EmailSimulator.start(host);
      simulator.newLine = (address) => {
        const line = simulator.newImapLine(address);
        simulator.mailboxes
          .get(address)!
          .inbox.add(Buffer.from('From: li@x.test\r\n\r\nlast year\r\n'), new Date(Date.now() - 300 * 86_400_000));
        simulator.mailboxes
          .get(address)!
          .inbox.add(Buffer.from('From: li@x.test\r\n\r\nan hour ago\r\n'), new Date(Date.now() - 3_600_000));
        return line;
      };
      return simulator;
    },
  });
  try {
    await other.until(() => other.events().length > 0, 'the mail of today', 6_000);
    expect(other.events().map((event) => (event as InboundMessage).text)).toEqual(['an hour ago']);
  } finally {
    await other.close();
  }
});

test('a mailbox that numbers its mails anew loses none, and what comes again has its key', async () => {
  await write('before');
  await arrive('before');
  await stage.stopListening();
  await write('meanwhile');
  inbox().renumber();
  stage.listen();
  await arrive('meanwhile');
  const keys = stage.events().map((event) => event.key);
  expect(texts().filter((text) => text === 'before').length).toBe(2);
  expect(new Set(keys).size).toBe(2);
});

test('a mail that the hub cannot store does not stop the ones behind it, and is tried again', async () => {
  await stage.stopListening();
  let repaired = false;
  const picky: Deliver = async (inbound) => {
    if (
      !repaired &&
      inbound.events.some((event) => (event as InboundMessage).text.includes('poison') || (event as InboundMessage).facts?.unreadable)
    )
      throw new Error('invalid byte sequence');
    stage.heard.push({ events: inbound.events });
  };
  stage.listen(picky);
  await write('poison');
  await write('behind');
  await arrive('behind');
  expect(texts()).not.toContain('poison');
  repaired = true;
  await stage.stopListening();
  stage.listen(picky);
  await arrive('poison');
});

test('a mail that the hub cannot store as it was read is stored as a file', async () => {
  await stage.stopListening();
  stage.listen(async (inbound) => {
    if (inbound.events.some((event) => (event as InboundMessage).text.includes('poison'))) throw new Error('invalid byte sequence');
    stage.heard.push({ events: inbound.events });
  });
  await write('poison');
  await stage.until(() => stage.events().length > 0, 'the mail as a file', 6_000);
  expect(stage.events()[0]).toMatchObject({ facts: { unreadable: 'true' }, media: [{ name: 'original.eml' }] });
});

test('while the hub can store nothing, nothing is passed over', async () => {
  await stage.stopListening();
  let down = true;
  stage.listen(async (inbound) => {
    if (down) throw new Error('the database is away');
    stage.heard.push({ events: inbound.events });
  });
  for (const text of ['one', 'two', 'three', 'four', 'five']) await write(text);
  await new Promise((resolve) => setTimeout(resolve, 300));
  down = false;
  await arrive('one', 'two', 'three', 'four', 'five');
});

test('one reader at a time: a second replica waits for the lease', async () => {
  await write('first');
  await arrive('first');
  stage.listen();
  await write('second');
  await arrive('second');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(texts()).toEqual(['first', 'second']);
  expect(vendor.imap.connections).toBe(1);
});

test('every fixture comes through IMAP as it does through SMTP', async () => {
  for (const name of ['gbk-without-label', 'nul-bytes', 'broken-multipart', 'empty-from']) inbox().add(fixture(name), new Date());
  await stage.until(() => stage.events().length === 4, 'four mails', 6_000);
  expect(texts()).toEqual(['我的车被追尾了。', 'beforeafter', 'The words before the cut.', 'Who am I?']);
});

test('of a mail that is far too large the beginning arrives, and it says so', async () => {
  const head =
    'From: li@x.test\r\nMessage-ID: <huge@x.test>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nA very large film\r\n--b\r\nContent-Type: video/mp4; name=film.mp4\r\n\r\n';
  inbox().add(Buffer.concat([Buffer.from(head), Buffer.alloc(42 * 1024 * 1024, 'film\r\n')]), new Date());
  await write('behind');
  await stage.until(() => stage.events().length === 2, 'both mails', 20_000);
  expect(stage.events()[0]).toMatchObject({
    text: 'A very large film',
    facts: { cutFromBytes: expect.stringMatching(/^44\d{6}$/) },
    media: [{ name: 'film.mp4' }],
  });
  expect(texts()[1]).toBe('behind');
});

test('a mailbox that lets us in no longer is given up to a person, and read from where it stood when it does again', async () => {
  await write('before');
  await arrive('before');
  await stage.stopListening();
  vendor.misbehave({ how: 'unauthorized' });
  const reading = stage.door('stream').run(() => Promise.resolve(), new AbortController().signal);
  await expect(reading).rejects.toMatchObject({ fate: 'misconfigured', field: 'imapPassword' });
  await write('meanwhile');
  vendor.misbehave(null);
  stage.listen();
  await arrive('meanwhile');
  expect(texts()).toEqual(['before', 'meanwhile']);
}, 30_000);

test('what is wrong with the mailbox is named by its field', async () => {
  const imap = stage.line.config.imap as object;
  const check = (over: object, secrets = stage.line.secrets) =>
    stage.open({ config: { ...stage.line.config, imap: { ...imap, ...over } }, secrets }).check();
  expect(await check({ folder: 'Claims' })).toMatchObject({ ok: false, field: 'imap.folder' });
  expect(await check({ port: 1 })).toMatchObject({ ok: false, field: 'imap.host' });
  expect(await check({ secure: true })).toMatchObject({ ok: false, field: 'imap.secure' });
  expect(await check({}, { ...stage.line.secrets, imapPassword: 'wrong' })).toMatchObject({ ok: false, field: 'imapPassword' });
});
