import { deflateRawSync } from 'node:zlib';
import { heic, png } from '../testing/samples';
import { mayBeShown, sniff } from './sniff';

const bytes = (...values: number[]): Buffer => Buffer.from(values);
const webm = Buffer.concat([bytes(0x1a, 0x45, 0xdf, 0xa3, 0x93, 0x42, 0x82, 0x84), Buffer.from('webm'), Buffer.alloc(64)]);

test('a picture is what its bytes say, whatever its sender says', async () => {
  const picture = await png(4, 4);
  expect(await sniff(picture, 'application/pdf')).toBe('image/png');
  expect(await sniff(picture, 'text/html')).toBe('image/png');
  expect(await sniff(heic(), 'application/octet-stream')).toBe('image/heic');
});

test.each([
  ['<!DOCTYPE html><script>steal()</script>', 'image/jpeg', 'text/html'],
  ['  \n<SCRIPT>steal()</SCRIPT>', 'image/png', 'text/html'],
  ['<!-- hello --><svg xmlns="http://www.w3.org/2000/svg" onload="steal()"/>', 'image/png', 'image/svg+xml'],
  ['<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'image/jpeg', 'image/svg+xml'],
  ['<html xmlns="http://www.w3.org/1999/xhtml"/>', 'text/plain', 'text/html'],
])('%p that claims to be %s is %s, and is never shown', async (text, declared, real) => {
  expect(await sniff(Buffer.from(text), declared)).toBe(real);
  expect(mayBeShown(real)).toBe(false);
});

test.each([
  ['a,b\n1,2', 'text/csv', 'text/csv'],
  ['BEGIN:VCALENDAR', 'text/calendar; charset=utf-8', 'text/calendar'],
  ['From: a@b.test\n\nhello', 'message/rfc822', 'message/rfc822'],
  ['just words', 'image/jpeg', 'text/plain'],
  ['just words', undefined, 'text/plain'],
  ['function () {}', 'text/javascript', 'text/plain'],
])('the text %p declared as %s is %s', async (text, declared, real) => {
  expect(await sniff(Buffer.from(text), declared)).toBe(real);
});

test('Chinese text in GBK is a text, bytes without meaning are not', async () => {
  expect(await sniff(bytes(0xc4, 0xfa, 0xba, 0xc3), undefined)).toBe('text/plain');
  expect(await sniff(bytes(0, 1, 2, 3), 'text/plain')).toBe('application/octet-stream');
  expect(await sniff(Buffer.alloc(0), 'image/jpeg')).toBe('application/octet-stream');
});

test('a voice note recorded in a browser stays sound: its container cannot tell', async () => {
  expect(await sniff(webm, 'audio/webm;codecs=opus')).toBe('audio/webm');
  expect(await sniff(webm, 'image/png')).toBe('video/webm');
});

test('an office document keeps its name of kind, a program in a zip does not become one', async () => {
  const zip = (name: string, content: string): Buffer => {
    const packed = deflateRawSync(Buffer.from(content));
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(8, 8);
    header.writeUInt32LE(packed.length, 18);
    header.writeUInt32LE(content.length, 22);
    header.writeUInt16LE(name.length, 26);
    return Buffer.concat([header, Buffer.from(name), packed]);
  };
  const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  expect(await sniff(zip('unknown.bin', 'x'), docx)).toBe(docx);
  expect(await sniff(zip('unknown.bin', 'x'), 'image/jpeg')).toBe('application/zip');
  expect(mayBeShown(docx)).toBe(false);
});

test.each([
  'text/html',
  'image/svg+xml',
  'application/xml',
  'application/xhtml+xml',
  'text/plain',
  'application/octet-stream',
  'application/javascript',
  'video/mp4',
])('%s is only downloaded', (type) => {
  expect(mayBeShown(type)).toBe(false);
});
