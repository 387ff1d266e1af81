import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import type { InboundBounce, InboundEvent, InboundMessage } from '@claimline/messages';
import { readIncoming } from './incoming';
import { signedAddress } from './threading';

const LINE = 'claims@insurer.example.test';
const sign = (text: string) =>
  [...createHmac('sha256', 'secret').update(text).digest().subarray(0, 16)]
    .map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32])
    .join('');
const fixture = (name: string) => readFileSync(path.join(__dirname, 'fixtures', `${name}.eml`));
const read = async (raw: Buffer, envelope: { from?: string | null; to?: string[] } = {}, line = LINE): Promise<readonly InboundEvent[]> =>
  (
    await readIncoming({
      raw,
      envelope: { from: 'from' in envelope ? envelope.from : 'li.hua@customers.example.test', to: envelope.to ?? [line] },
      line,
      sign,
    })
  ).events;
const message = async (name: string, envelope?: Parameters<typeof read>[1]): Promise<InboundMessage> => {
  const [event] = await read(fixture(name), envelope);
  if (event?.kind !== 'message') throw new Error(`expected a message, got ${event?.kind}`);
  return event;
};

test.each<[string, Partial<InboundMessage>]>([
  ['no-message-id', { text: 'A stone hit my windscreen.', reference: undefined, key: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }],
  ['empty-message-id', { text: 'Hail on the roof.', reference: undefined, reply: undefined, key: expect.stringMatching(/^sha256:/) }],
  [
    'empty-body-with-pdf',
    { text: '', subject: '报价单', media: [expect.objectContaining({ name: '维修报价.pdf', contentType: 'application/pdf', size: 48 })] },
  ],
  ['gb18030-labelled-gb2312', { subject: '追尾事故', text: '我叫𠮷野，车牌沪A·12345，昨天在延安路被追尾。' }],
  ['gbk-without-label', { subject: '追尾事故', text: '我的车被追尾了。', from: expect.objectContaining({ name: '李华' }) }],
  ['gbk-labelled-utf-8', { text: '请看附件里的照片。' }],
  ['foxmail-quote', { text: '照片已发。\n\n\n\n李华', quoted: expect.stringContaining('请补充照片') }],
  ['outlook-cn-quote', { text: '照片见附件。', quoted: expect.stringContaining('请补充照片') }],
  ['qq-quote', { text: '好的', quoted: expect.stringContaining('请补充照片') }],
  [
    'apple-mail-replaces-references',
    {
      text: 'Here is the report.',
      reply: { token: undefined, references: ['<ours-2@insurer.example.test>', '<unrelated-apple@customers.example.test>'] },
    },
  ],
  [
    'winmail-dat',
    {
      text: 'See the attached list.',
      media: [expect.objectContaining({ name: 'winmail.dat' }), expect.objectContaining({ name: '定损照片清单.txt', size: 24 })],
    },
  ],
  ['auto-reply', { automatic: 'auto-submitted' }],
  ['qq-auto-reply-without-header', { automatic: 'autoreply' }],
  ['list-mail', { automatic: 'list' }],
  [
    'nested-rfc822',
    { text: 'See the mail of the garage.', media: [expect.objectContaining({ name: 'mail.eml', contentType: 'message/rfc822' })] },
  ],
  [
    'nameless-inline-image',
    {
      text: 'This is the car:',
      html: expect.stringContaining('cid:car-1'),
      media: [expect.objectContaining({ name: 'image.png', contentId: 'car-1' })],
    },
  ],
  [
    'calendar-invite',
    { text: 'Inspection on Monday.', media: [expect.objectContaining({ name: 'invite.ics', contentType: 'text/calendar' })] },
  ],
  [
    'html-only',
    {
      text: 'Dear Claims,\n\nthe photos are ready.',
      quoted: expect.stringContaining('Please send photos.'),
      html: expect.stringContaining('<b>photos</b>'),
    },
  ],
  ['nul-bytes', { text: 'beforeafter' }],
  ['broken-multipart', { text: 'The words before the cut.', media: [expect.objectContaining({ name: 'half.png' })] }],
  ['reply-to-of-a-fax-gateway', { automatic: undefined, facts: { replyTo: '15550100123@gateway.example.test' } }],
])('%s', async (name, expected) => {
  expect(await message(name)).toMatchObject({ kind: 'message', to: LINE, ...expected });
});

describe('who wrote', () => {
  test('everybody else is in cc, our line and the sender are not', async () => {
    const { cc, from } = await message('two-mailboxes');
    expect(from.value).toBe('li.hua@customers.example.test');
    expect(cc?.map((one) => one.value)).toEqual(['motor@insurer.example.test', 'wang@broker.example.test']);
  });

  test('a mail from nobody gets an address of its own and never joins another', async () => {
    const one = await message('empty-from', { from: null });
    const [two] = await read(Buffer.from(fixture('empty-from').toString().replace('Who am I?', 'Me again.')), { from: null });
    expect(one.from.value).toMatch(/^nobody\.[0-9a-f]{16}@sender\.invalid$/);
    expect((two as InboundMessage).from.value).not.toBe(one.from.value);
    expect((await message('empty-from', { from: 'somebody@customers.example.test' })).from.value).toBe('somebody@customers.example.test');
  });

  test('a mail that we sent ourselves is known as such', async () => {
    const raw = fixture('two-mailboxes')
      .toString()
      .replace(/From: .*/, `From: ${LINE}`);
    expect((await read(Buffer.from(raw)))[0]).toMatchObject({ automatic: 'own-address' });
  });
});

describe('the key', () => {
  const base = fixture('two-mailboxes').toString();
  const keyOf = async (raw: string, line?: string) => (await read(Buffer.from(raw), {}, line))[0]?.key;

  test('is the same when the same mail comes again over other relays', async () => {
    expect(await keyOf(`Received: from a by b; Tue, 17 Nov 2026 01:12:33 +0000\r\nDelivered-To: x@y.test\r\n${base}`)).toBe(
      await keyOf(base),
    );
  });

  test('is the same when a relay only packs the words differently', async () => {
    const repacked = base
      .replace('Subject: Accident', 'Subject: Accident\r\nContent-Transfer-Encoding: base64')
      .replace('To both of you.\r\n', `${Buffer.from('To both of you.\r\n').toString('base64')}\r\n`);
    expect(await keyOf(repacked)).toBe(await keyOf(base));
  });

  test.each([
    ['words', 'To both of you.', 'To both of you!'],
    ['subject', 'Accident', 'Accident 2'],
    ['date', '09:12:33', '09:12:34'],
    ['sender', 'li.hua@', 'li.ming@'],
  ])('is another for a similar mail with the same Message-ID and other %s', async (_part, from, to) => {
    expect(await keyOf(base.replace(from, to))).not.toBe(await keyOf(base));
  });

  test('is another for another file under the same words', async () => {
    const pdf = fixture('empty-body-with-pdf').toString();
    expect(await keyOf(pdf.replace('JVBERi0xLjQ', 'JVBERi0xLjU'))).not.toBe(await keyOf(pdf));
  });
});

describe('reports', () => {
  test.each<[string, readonly Partial<InboundEvent>[]]>([
    [
      'bounce-5.1.1',
      [
        {
          kind: 'bounce',
          permanent: true,
          status: '5.1.1',
          recipient: expect.objectContaining({ value: 'li.hua@customers.example.test' }),
          diagnostic: expect.stringContaining('User unknown'),
        } as Partial<InboundBounce>,
      ],
    ],
    ['bounce-delayed-4.4.1', [{ kind: 'bounce', permanent: false, status: '4.4.1' } as Partial<InboundBounce>]],
    [
      'bounce-two-recipients-whole-mail',
      [
        { kind: 'bounce', permanent: true, status: '5.2.2' } as Partial<InboundBounce>,
        { kind: 'delivery', state: 'delivered' } as Partial<InboundEvent>,
      ],
    ],
    ['bounce-exim-prose', [{ kind: 'bounce', permanent: true, status: '5.1.1' } as Partial<InboundBounce>]],
    ['bounce-qq-prose', [{ kind: 'bounce', permanent: true } as Partial<InboundBounce>]],
  ])('%s speaks of our mail', async (name, expected) => {
    const events = await read(fixture(name), { from: null });
    expect(events).toEqual(
      expected.map((one) => expect.objectContaining({ ...one, to: LINE, externalId: '<ours-2@insurer.example.test>' })),
    );
    expect(new Set(events.map((event) => event.key)).size).toBe(events.length);
  });

  test('a complaint is an opt-out of the one who complained', async () => {
    expect(await read(fixture('complaint-arf'))).toEqual([
      expect.objectContaining({
        kind: 'opt-out',
        from: expect.objectContaining({ value: 'li.hua@customers.example.test' }),
        evidence: expect.stringContaining('<ours-2@insurer.example.test>'),
      }),
    ]);
  });

  test('a customer who writes about a bounce is a customer', async () => {
    const raw = Buffer.from(
      'From: li@customers.example.test\r\nMessage-ID: <q@x.test>\r\nSubject: Undelivered mail?\r\n\r\nMy mail to wang@broker.example.test came back with 550 5.1.1.\r\n',
    );
    expect((await read(raw))[0]?.kind).toBe('message');
  });
});

describe('tokens', () => {
  const token = '0192f0c1-2f64-7b31-9d5e-3a1b2c3d4e5f';
  const address = signedAddress('reply', token, 'insurer.example.test', sign)!;
  const mail = (headers: string) => Buffer.from(`From: li@customers.example.test\r\nMessage-ID: <t@x.test>\r\n${headers}\r\n\r\nHello\r\n`);

  test.each(['To', 'Cc', 'Delivered-To', 'X-Original-To', 'Envelope-To'])(
    'a reply is found by its signed address in %s, in any case',
    async (header) => {
      expect((await read(mail(`${header}: Claims <${address.toUpperCase()}>`)))[0]).toMatchObject({ reply: { token } });
    },
  );

  test('and by the SMTP envelope alone', async () => {
    expect((await read(mail('To: undisclosed-recipients:;'), { to: [address] }))[0]).toMatchObject({ reply: { token } });
  });

  test('a forged or changed one is nothing', async () => {
    for (const wrong of [address.replace('0192', '0193'), address.replace(/\.[a-z2-7]{16}@/, '.aaaaaaaaaaaaaaaa@')])
      expect((await read(mail(`To: ${wrong}`)))[0]).toMatchObject({ reply: undefined });
  });

  test('it is no party to write to', async () => {
    expect((await read(mail(`To: ${address}, other@x.test`)))[0]).toMatchObject({
      cc: [expect.objectContaining({ value: 'other@x.test' })],
    });
  });

  test('a local part never grows beyond 64 octets', () => {
    for (let length = 1; length < 70; length++) {
      for (const use of ['reply', 'unsub'] as const)
        expect((signedAddress(use, 'a'.repeat(length), 'x.test', sign) ?? '').split('@')[0]!.length).toBeLessThanOrEqual(64);
    }
    expect(signedAddress('unsub', token, 'x.test', sign)).toBeDefined();
  });

  test('a mail to the signed unsubscribe address is an opt-out; words beside it are kept', async () => {
    const to = signedAddress('unsub', token, 'insurer.example.test', sign)!;
    expect((await read(mail(`To: ${to}\r\nSubject: unsubscribe`))).map((event) => event.kind)).toEqual(['opt-out']);
    const long = Buffer.from(
      `From: li@customers.example.test\r\nTo: ${to}\r\n\r\n${'My car was hit and nobody calls me back. '.repeat(10)}\r\n`,
    );
    expect((await read(long)).map((event) => event.kind)).toEqual(['opt-out', 'message']);
  });

  test('thousands of references are bounded, newest first', async () => {
    const { reply } = await message('long-references');
    expect([reply?.references.length, reply?.references[0], reply?.references[1]]).toEqual([
      50,
      '<399@insurer.example.test>',
      '<398@insurer.example.test>',
    ]);
  });
});

describe('nothing is lost', () => {
  test('bytes that are no mail arrive as a message with the bytes', async () => {
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256));
    const [event] = await read(bytes);
    expect(event?.kind).toBe('message');
  });

  test.each(['multipart/mixed', 'multipart/mixed; boundary=never'])(
    'words that no part holds arrive with the original: %s',
    async (type) => {
      const raw = Buffer.from(`From: li@customers.example.test\r\nContent-Type: ${type}\r\n\r\nThe words.\r\n`);
      expect((await read(raw))[0]).toMatchObject({ text: '', media: [{ name: 'original.eml', content: raw }] });
    },
  );

  test('a mail that is truly empty stays so', async () => {
    expect((await read(Buffer.from('From: li@customers.example.test\r\nSubject: Call me\r\n\r\n\r\n')))[0]).toMatchObject({
      text: '',
      subject: 'Call me',
      media: [],
    });
  });

  test('a mail with more parts than a parser takes arrives whole, as a file', async () => {
    const raw = Buffer.from(
      `From: li@customers.example.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(20_000)}--b--\r\n`,
    );
    const [event] = await read(raw);
    expect(event).toMatchObject({
      kind: 'message',
      facts: { unreadable: 'true' },
      media: [expect.objectContaining({ name: 'original.eml', content: raw })],
    });
  });

  test('every fixture makes at least one event, whose key does not change', async () => {
    for (const file of readdirSync(path.join(__dirname, 'fixtures'))) {
      const once = await read(fixture(file.replace('.eml', '')));
      expect(once.length).toBeGreaterThan(0);
      expect((await read(fixture(file.replace('.eml', '')))).map((event) => event.key)).toEqual(once.map((event) => event.key));
    }
  });

  test('a mail that was damaged anywhere still arrives', async () => {
    const mails = readdirSync(path.join(__dirname, 'fixtures')).map((file) => readFileSync(path.join(__dirname, 'fixtures', file)));
    const damage = fc.record({
      at: fc.nat(4000),
      cut: fc.nat(200),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 20 }),
        fc.constantFrom('\r\n', '\r\n\r\n', '--', ';', '"', '<', '=?gbk?B?', '\0').map((text) => Buffer.from(text)),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...mails), fc.array(damage, { minLength: 1, maxLength: 6 }), async (mail, damages) => {
        let raw = mail;
        for (const { at, cut, put } of damages)
          raw = Buffer.concat([raw.subarray(0, at % raw.length), put, raw.subarray((at % raw.length) + cut)]);
        const events = await read(raw);
        expect(events.length).toBeGreaterThan(0);
        for (const event of events)
          expect([event.to, event.key.length > 0, JSON.stringify(event).includes('\\u0000')]).toEqual([LINE, true, false]);
      }),
      { numRuns: 600 },
    );
  });

  test('25 MB of files are read', async () => {
    const file = Buffer.alloc(8 * 1024 * 1024, 'claimline ')
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n');
    const part = (name: string) =>
      `--b\r\nContent-Type: application/pdf; name="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${file}\r\n`;
    const raw = Buffer.from(
      `From: li@customers.example.test\r\nMessage-ID: <big@x.test>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nThree files\r\n${part('1.pdf')}${part('2.pdf')}${part('3.pdf')}--b--\r\n`,
    );
    const [event] = await read(raw);
    expect((event as InboundMessage).media.map((one) => one.size)).toEqual(Array(3).fill(8 * 1024 * 1024));
  });
});
