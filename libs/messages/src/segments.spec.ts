import fc from 'fast-check';
import { smsSegments } from './segments';

test.each([
  ['a', 160, 1],
  ['a', 161, 2],
  ['a', 306, 2],
  ['a', 307, 3],
  ['理', 70, 1],
  ['理', 71, 2],
  ['理', 134, 2],
  ['理', 135, 3],
  ['€', 80, 1],
  ['€', 81, 2],
  ['€', 152, 2],
  ['€', 153, 3],
  // 33 emoji fill 66 of 67 units; the 34th may not be cut in half.
  ['😀', 35, 1],
  ['😀', 36, 2],
  ['😀', 66, 2],
  ['😀', 67, 3],
])('"%s" %i times is %i segments', (character, times, segments) => {
  expect(smsSegments(character.repeat(times)).segments).toBe(segments);
});

test('an extension character that meets the end of a part goes over whole', () => {
  expect(smsSegments(`${'a'.repeat(152)}€${'a'.repeat(151)}`)).toEqual({ encoding: 'gsm-7', units: 305, segments: 2, left: 0 });
  expect(smsSegments(`${'a'.repeat(152)}€${'a'.repeat(152)}`).segments).toBe(3);
});

test.each([
  ['plain GSM with accents: é à ñ ü Ω', 'gsm-7'],
  ['{json}', 'gsm-7'],
  ['a smart quote’s price', 'ucs-2'],
  ['claim 已受理', 'ucs-2'],
  ['á is not in the table', 'ucs-2'],
])('"%s" travels as %s', (text, encoding) => {
  expect(smsSegments(text).encoding).toBe(encoding);
});

test('an empty text is one empty segment', () => {
  expect(smsSegments('')).toEqual({ encoding: 'gsm-7', units: 0, segments: 1, left: 160 });
});

test('everything fits into the segments that are counted, and into no fewer', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '€', '理', '😀', '\n', 'é'), maxLength: 700 }), (text) => {
      const { encoding, units, segments, left } = smsSegments(text);
      const [alone, joined] = encoding === 'gsm-7' ? [160, 153] : [70, 67];
      const room = segments === 1 ? alone : segments * joined;
      // At most one unit a part is lost to a character that would not be cut.
      expect(room - left - units).toBeGreaterThanOrEqual(0);
      expect(room - left - units).toBeLessThan(segments);
      if (segments > 1) expect(units).toBeGreaterThan(alone);
    }),
  );
});
