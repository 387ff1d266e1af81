import * as fc from 'fast-check';
import { splitQuoted } from './quotes';

const answer = '好的，照片已经附上。\nThank you!';

test.each([
  ['Gmail', `${answer}\n\nOn Tue, Nov 17, 2026 at 9:12 AM Claims <claims@example.test> wrote:\n> Please send photos.\n> Regards`],
  [
    'Gmail, broken over two lines',
    `${answer}\n\nOn Tue, Nov 17, 2026 at 9:12 AM Claims Department\n<claims@example.test> wrote:\n\n> Please send photos.`,
  ],
  ['Gmail in Chinese', `${answer}\n\n理赔部 <claims@example.test> 于2026年11月17日周二 09:12写道：\n> 请发照片`],
  ['Apple Mail', `${answer}\n\n> On 17 Nov 2026, at 09:12, Claims <claims@example.test> wrote:\n> \n> Please send photos.`],
  ['Apple Mail in Chinese', `${answer}\n\n> 在 2026年11月17日，09:12，理赔部 <claims@example.test> 写道：\n> \n> 请发照片`],
  [
    'Outlook',
    `${answer}\n\n________________________________\nFrom: Claims <claims@example.test>\nSent: Tuesday, 17 November 2026 09:12\nTo: 李华 <li@example.test>\nSubject: Your claim\n\nPlease send photos.`,
  ],
  [
    'Outlook in Chinese',
    `${answer}\n\n发件人: 理赔部 <claims@example.test>\n发送时间: 2026年11月17日 9:12\n收件人: 李华 <li@example.test>\n主题: 您的理赔\n\n请发照片`,
  ],
  [
    'Outlook in traditional Chinese',
    `${answer}\n\n寄件者: 理賠部 <claims@example.test>\n寄件日期: 2026年11月17日 9:12\n收件者: 李華\n主旨: 您的理賠\n\n請傳照片`,
  ],
  ['old Outlook', `${answer}\n\n-----Original Message-----\nFrom: Claims\nSent: Tuesday\n\nPlease send photos.`],
  [
    'QQ',
    `${answer}\n\n\n------------------ 原始邮件 ------------------\n发件人: "理赔部" <claims@example.test>;\n发送时间: 2026年11月17日(星期二) 上午9:12\n收件人: "李华"<li@example.test>;\n主题: 您的理赔\n\n请发照片`,
  ],
  [
    'Foxmail',
    `${answer}\n\n李华\n\n \n发件人： 理赔部\n发送时间： 2026-11-17 09:12\n收件人： 李华\n主题： 您的理赔\n请发照片`.replace(
      '李华\n\n \n',
      '',
    ),
  ],
  ['QQ on a phone', `${answer}\n\n---- 原始邮件 ----\n发件人：理赔部\n发送时间：2026-11-17\n\n请发照片`],
  ['网易 163', `${answer}\n\n在 2026-11-17 09:12:33，"理赔部" <claims@example.test> 写道：\n\n请发照片`],
  ['网易 in English', `${answer}\n\n---- Replied Message ----\nFrom: Claims\nDate: 11/17/2026\n\nPlease send photos.`],
  ['French, by the library', `${answer}\n\nLe mar. 17 nov. 2026 à 09:12, Claims <claims@example.test> a écrit :\n> Envoyez des photos.`],
  ['marks only', `${answer}\n\n> Please send photos.\n> Regards`],
])('the history of %s is folded', (_program, mail) => {
  const split = splitQuoted(mail.replaceAll('\n', '\r\n'));
  expect(split.text).toBe(answer);
  expect(split.quoted).toMatch(/photos|照片/);
});

test('an answer below the history is the text', () => {
  expect(splitQuoted('On Tue, 17 Nov 2026 Claims <c@example.test> wrote:\n> Please send photos.\n\nHere they are.')).toEqual({
    text: 'Here they are.',
    quoted: 'On Tue, 17 Nov 2026 Claims <c@example.test> wrote:\n> Please send photos.',
  });
});

test('answers between the quoted lines stay where they explain each other', () => {
  const mail =
    'See below.\n\nOn Tue, 17 Nov 2026 Claims <c@example.test> wrote:\n> Was anybody hurt?\nNo.\n> Where is the car?\nAt the garage.';
  expect(splitQuoted(mail)).toEqual({ text: mail });
});

test('a forward without a word is what the person sent', () => {
  const mail =
    '---------- Forwarded message ---------\nFrom: Garage <garage@example.test>\nDate: Tue\nSubject: Estimate\nTo: Li\n\nThe estimate is 1,200.';
  expect(splitQuoted(mail)).toEqual({ text: mail });
});

test.each([
  'The driver wrote: I am sorry, on a piece of paper.',
  'From: the left lane\nI was hit.',
  '在高速上被追尾了，对方写道歉信',
  'She wrote:\n\nI will pay.',
])('a sentence that only looks like a header stays: %s', (words) => {
  expect(splitQuoted(words).text).toContain(words.split('\n')[0]);
});

test('nothing is lost, whatever was written', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '> quoted',
      'On Tue, 17 Nov 2026 A <a@b.test> wrote:',
      '发件人: A',
      '发送时间: 今天',
      '主题: 你好',
      '-----Original Message-----',
      '---- 原始邮件 ----',
      '________________',
      '',
      '-- ',
      '在 2026-11-17，A 写道：',
      'From: A',
      'Sent: B',
      'Subject: C',
      'Le mardi, A a écrit :',
    ),
  );
  const visible = (text: string) => [...text.replace(/\s/g, '')].sort().join('');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
      const mail = lines.join('\n');
      const { text, quoted = '' } = splitQuoted(mail);
      return visible(text + quoted) === visible(mail);
    }),
    { numRuns: 2000 },
  );
});

test('a text made to make patterns backtrack is answered at once', () => {
  // Where a pattern backtracks this takes hours: the run does not end.
  for (const bomb of [
    'On '.repeat(50_000),
    '在\n'.repeat(30_000),
    `On ${'a '.repeat(9_000)}`,
    '>'.repeat(100_000),
    '发件人:\n'.repeat(20_000),
    `${'在a'.repeat(180)}\n`.repeat(50),
  ])
    expect(splitQuoted(bomb)).toBeDefined();
});
