import { colourRule, inkOn, luminance } from './colour';
import { contactIn } from './contact';
import { settingsOf } from './script-tag';
import { wordsIn } from './words';

const tag = (dataset: Record<string, string>) => ({ src: 'https://hub.example/widget.js', dataset });

test('the tag says which chat, in which language and for whom', () => {
  expect(settingsOf(tag({ inbox: 'i' }), 'zh-TW')).toEqual({
    hub: 'https://hub.example',
    inbox: 'i',
    language: 'zh-CN',
    identity: undefined,
  });
  expect(settingsOf(tag({ inbox: 'i', language: 'en-GB' }), 'zh-CN')?.language).toBe('en');
  expect(settingsOf(tag({ inbox: 'i', user: 'C-1', userHash: 'ab', userName: 'Li' }), 'fr')).toMatchObject({
    language: 'en',
    identity: { userId: 'C-1', hash: 'ab', name: 'Li' },
  });
  expect(settingsOf(tag({ inbox: 'i', user: 'C-1' }), 'en')?.identity).toBeUndefined();
  expect(settingsOf(tag({}), 'en')).toBeUndefined();
});

test.each(['#1f5eff', '#ffd400', '#000000', '#ffffff', '#7f7f7f', '#c8102e', '#00a88f'])('words on %s can be read', (colour) => {
  const [light, dark] = [luminance(colour), luminance(inkOn(colour))].sort((a, b) => b - a) as [number, number];
  expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
});

test('a colour that is none, or more than one, is not written into the sheet', () => {
  expect(colourRule('red;}*{display:none')).toBe(colourRule('#1f5eff'));
});

test.each([
  ['li@example.org', { email: 'li@example.org' }],
  [' +1 (415) 555-0100 ', { phone: '+1 (415) 555-0100' }],
  ['13800138000', { phone: '13800138000' }],
  ['call me', undefined],
  ['12345', undefined],
  ['a@b', undefined],
  ['', undefined],
])('"%s" is %j', (typed, contact) => expect(contactIn(typed)).toEqual(contact));

test('both languages say everything', () => {
  const [en, zh] = [wordsIn('en'), wordsIn('zh-CN')];
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  expect(Object.keys(zh.problem).sort()).toEqual(Object.keys(en.problem).sort());
  expect([en.usually(5), en.usually(180), zh.usually(5)]).toEqual([
    'usually answers in 5 min',
    'usually answers in 3 h',
    '通常 5 分钟内回复',
  ]);
});
