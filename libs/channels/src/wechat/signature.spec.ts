import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decrypt, encrypt, signatureOf } from './signature';

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const APP = 'wx5823bf96d3bd56c7';
const message =
  '<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oX1]]></FromUserName><CreateTime>1409659813</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[理賠進度]]></Content><MsgId>1</MsgId></xml>';
const sealed = /<Encrypt><!\[CDATA\[(.*)\]\]><\/Encrypt>/.exec(
  readFileSync(path.join(__dirname, 'fixtures/safe-mode-text.xml'), 'utf8'),
)![1]!;

test("WeChat's own worked example of the signature", () => {
  expect(signatureOf('AAAAA', '1714036504', '1514711492')).toBe('f464b24fc39322e44b38aa78f5edd27bd1441696');
});

test('the signature of safe mode is over the sealed text as well', () => {
  expect(signatureOf('QDG6eK', '1409659813', '1372623149', sealed)).toBe('25903727099762c92af193de0397f9c7c249f186');
});

test('a sealed message opens, and the same message is sealed the same', () => {
  expect(decrypt(KEY, sealed, APP)).toBe(message);
  expect(encrypt(KEY, message, APP, Buffer.from('0123456789abcdef'))).toBe(sealed);
});

test('a message for another app is not opened', () => {
  expect(() => decrypt(KEY, sealed, 'wx0000000000000000')).toThrow('-40005');
});

test.each(['', 'AAAA', sealed.slice(0, 24), sealed.slice(4), `${sealed.slice(0, -8)}AAAAAAA=`])(
  'broken text is an error, never a message: %.12s…',
  (broken) => {
    expect(() => decrypt(KEY, broken, APP)).toThrow();
  },
);

test('every length of message survives the padding of 32', () => {
  for (let length = 0; length < 70; length++) {
    const words = 'é'.repeat(length);
    expect(decrypt(KEY, encrypt(KEY, words, APP, Buffer.alloc(16, 7)), APP)).toBe(words);
  }
});
