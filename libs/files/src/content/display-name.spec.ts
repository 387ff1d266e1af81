import { contentDisposition, displayName } from './display-name';

test.each([
  ['photo.jpg', 'photo.jpg'],
  ['../../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\estimate.pdf', 'estimate.pdf'],
  ['photo\u202Egpj.exe', 'photogpj.exe'],
  ['a\u0000b\r\nc.txt', 'abc.txt'],
  ['...hidden', 'hidden'],
  ['现场照片 1.jpg', '现场照片 1.jpg'],
  ['<img onerror=x>.png', '_img onerror=x_.png'],
  ['   ', 'picture.jpg'],
  ['///', 'picture.jpg'],
  [undefined, 'picture.jpg'],
])('%p is shown as %p', (name, shown) => {
  expect(displayName(name, 'image/jpeg')).toBe(shown);
});

test('an endless name is cut, and keeps what says what opens it', () => {
  const shown = displayName(`${'长'.repeat(500)}.pdf`, 'application/pdf');
  expect([...shown]).toHaveLength(120);
  expect(shown.endsWith('….pdf')).toBe(true);
});

test('a file without a name is called by what it is', () => {
  expect(displayName('', 'audio/amr')).toBe('sound.amr');
  expect(displayName('', 'application/pdf')).toBe('file.pdf');
  expect(displayName('', 'application/x-unknown')).toBe('file.bin');
});

test('the header carries any name and lets none out of its quotes', () => {
  expect(contentDisposition('attachment', '保单"1".pdf')).toBe(
    `attachment; filename="___1_.pdf"; filename*=UTF-8''%E4%BF%9D%E5%8D%95%221%22.pdf`,
  );
  expect(contentDisposition('inline', "it's (1).png")).toBe(`inline; filename="it's (1).png"; filename*=UTF-8''it%27s%20%281%29.png`);
});
