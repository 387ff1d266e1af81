import fc from 'fast-check';
import { searchQuery, searchVector } from './search-words';

/** Reads a vector back, as PostgreSQL would. */
const wordsIn = (text: string): Map<string, number[]> => {
  const places = new Map<string, number[]>();
  for (const [, word = '', at] of searchVector(text).matchAll(/'([^']+)':(\d+)/g))
    places.set(word, [...(places.get(word) ?? []), Number(at)]);
  return places;
};

const places = (vector: Map<string, number[]>, word: string): number[] =>
  word.endsWith(':*')
    ? [...vector].filter(([key]) => key.startsWith(word.slice(1, -3))).flatMap(([, at]) => at)
    : (vector.get(word.slice(1, -1)) ?? []);

/** Whether the query finds the text, by the rules of PostgreSQL's phrase operator. */
const finds = (query: string | undefined, text: string): boolean => {
  if (!query) return false;
  const vector = wordsIn(text);
  return query.split(' & ').every((term) => {
    const [first = '', ...rest] = term.split(/ (<[^>]+>) /);
    let ends = places(vector, first);
    for (let i = 0; i < rest.length; i += 2) {
      const distance = rest[i] === '<->' ? 1 : Number(rest[i]!.slice(1, -1));
      ends = places(vector, rest[i + 1]!).filter((at) => ends.includes(at - distance));
    }
    return ends.length > 0;
  });
};

const han = fc.stringMatching(/^[\u4e00-\u9fa5]{2,30}$/u);
const sentence = fc
  .array(
    fc.oneof(han, fc.stringMatching(/^[a-zA-Z]{1,12}$/), fc.stringMatching(/^[0-9]{1,20}$/), fc.constantFrom('，', '。', ' ', '-', '!')),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('search words', () => {
  it('finds every two neighbouring Chinese characters of any text', () => {
    fc.assert(
      fc.property(sentence, (text) => {
        const pairs = [...text.matchAll(/(?=([\u4e00-\u9fa5]{2}))/gu)].map((match) => match[1]!);
        return pairs.every((pair) => finds(searchQuery(pair), text));
      }),
    );
  });

  it('finds longer Chinese words as a whole, and not where their characters only occur', () => {
    fc.assert(fc.property(han, sentence, (word, rest) => finds(searchQuery(word), `${rest} ${word} ${rest}`)));
    expect(finds(searchQuery('延安路'), '我在延安路被追尾了')).toBe(true);
    expect(finds(searchQuery('安路延'), '我在延安路被追尾了')).toBe(false);
    expect(finds(searchQuery('路'), '我在延安路')).toBe(true);
  });

  it.each([
    ['沪A12345', '车牌沪A·12345被撞'],
    ['A12345', '沪A·12345'],
    ['2345', '沪A12345'],
    ['8812', 'policy PDAA202631000000008812'],
    ['000123', 'your claim CLM-2026-000123'],
    ['CLM-2026-000123', 'clm-2026-000123'],
    ['2026-0001', 'CLM-2026-000123'],
    ['13800138000', '请打 138 0013 8000 找我'],
    ['138-0013-8000', '+8613800138000'],
    ['0013 8000', '+86 138 0013 8000'],
    ['bump', 'Rear bumper scratched'],
    ['chen@example.com', 'mail me: Chen@Example.com'],
    ['chen motor', 'motor claim of Ms Chen'],
    ['追尾 延安', '我在延安路被追尾了'],
    ['张伟先生', '张伟先生的车'],
    ['路A12', '延安路A12号'],
    ['延安路A12', '延安路A12号'],
  ])('"%s" finds "%s"', (query, text) => {
    expect(finds(searchQuery(query), text)).toBe(true);
  });

  it.each([
    ['chen wang', 'Ms Chen'],
    ['98765', '12345'],
    ['追尾', '追赶 尾巴'],
  ])('"%s" does not find "%s"', (query, text) => {
    expect(finds(searchQuery(query), text)).toBe(false);
  });

  it('has no query for what has no letters and survives quotes and operators', () => {
    expect(searchQuery("' & ! <-> :* ()")).toBeUndefined();
    expect(searchQuery("o'neil & (x)")).toBe("'o':* <1> 'neil':* & 'x':*");
    expect(searchVector("it's")).toBe("'it':1 's':2");
  });

  it('stays within what PostgreSQL takes, however long the text', () => {
    const vector = searchVector(
      '我'.repeat(10) + Array.from({ length: 90_000 }, (_, i) => String.fromCodePoint(0x4e00 + (i % 20_000))).join(''),
    );
    expect(Buffer.byteLength(vector)).toBeLessThan(900_000);
    expect(Math.max(...[...vector.matchAll(/:(\d+)/g)].map((match) => Number(match[1])))).toBeLessThan(16_384);
  });
});
