import * as fc from 'fast-check';
import { readFlatXml, writeFlatXml } from './flat-xml';

test('fields are read, CDATA and plain', () => {
  expect({
    ...readFlatXml(
      '<xml>\n<ToUserName><![CDATA[gh_1]]></ToUserName>\n<CreateTime>1409659813</CreateTime><Empty><![CDATA[]]></Empty><Gone/></xml>\n',
    ),
  }).toEqual({
    ToUserName: 'gh_1',
    CreateTime: '1409659813',
    Empty: '',
    Gone: '',
  });
});

test('words that look like tags stay words', () => {
  expect(readFlatXml('<xml><Content><![CDATA[</Content><MsgId>9</MsgId>]]></Content><MsgId>1</MsgId></xml>')).toMatchObject({
    Content: '</Content><MsgId>9</MsgId>',
    MsgId: '1',
  });
});

test('further elements inside a field are kept as they are written', () => {
  expect(readFlatXml('<xml><SendPicsInfo><Count>1</Count></SendPicsInfo><Event>pic_sysphoto</Event></xml>')).toMatchObject({
    SendPicsInfo: '<Count>1</Count>',
    Event: 'pic_sysphoto',
  });
});

test('a field named like something of every object is only a field', () => {
  expect(readFlatXml('<xml><__proto__>x</__proto__><constructor>y</constructor></xml>').constructor).toBe('y');
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test.each([
  '<!DOCTYPE xml [<!ENTITY a "b">]><xml><Content>&a;</Content></xml>',
  '<xml><!DOCTYPE x><Content>a</Content></xml>',
  '<xml><Content>&a;</Content></xml>',
  '<xml><Content>&#60;</Content></xml>',
  '<xml><Content>a</xml>',
  '<xml><Content a="b">c</Content></xml>',
  '<xml><Content><![CDATA[a]]></Content></xml><xml></xml>',
  '<xml>words</xml>',
  '<html></html>',
  '',
])('what is not this is refused: %s', (source) => {
  expect(() => readFlatXml(source)).toThrow(SyntaxError);
});

test('what is written is read again, whatever the words', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      (words) => readFlatXml(writeFlatXml({ Content: words })).Content === (words.trim() === '' ? '' : words),
    ),
  );
  expect(readFlatXml(writeFlatXml({ Content: 'a]]>b]]>' })).Content).toBe('a]]>b]]>');
});

test('a text made to make a reader slow is refused at once', () => {
  // A reader that starts over at every mark takes hours: the run does not end.
  for (const bomb of [
    '<xml>' + '<a>'.repeat(200_000),
    `<xml>${'<![CDATA['.repeat(60_000)}</xml>`,
    `<xml><a>${'&'.repeat(300_000)}</a></xml>`,
  ])
    expect(() => readFlatXml(bomb)).toThrow();
});
