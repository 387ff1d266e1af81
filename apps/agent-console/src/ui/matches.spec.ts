import { aroundMatch, matchesIn } from './matches';

const found = (text: string, query: string): string[] =>
  matchesIn(text, query)
    .filter((part) => part.found)
    .map((part) => part.text);

describe('what was searched for, in a text', () => {
  it.each([
    ['请问定损什么时候能出来', '定损', ['定损']],
    ['The Estimate is ready, estimate 2', 'estimate', ['Estimate', 'estimate']],
    ['沪A·8K213', '沪A8K213', ['沪A·8K213']],
    ['CLM-2026-000123', 'clm2026', ['CLM-2026']],
    ['+1 415 555 0123', '4155550123', ['415 555 0123']],
    ['a (b) c', '(b)', ['(b)']],
    ['nothing here', 'roof', []],
    ['anything', '  ', []],
  ])('%s, searched for %s', (text, query, expected) => {
    expect(found(text, query)).toEqual(expected);
  });

  it('loses no letter', () => {
    expect(
      matchesIn('沪A·8K213 追尾', '追尾 8k')
        .map((part) => part.text)
        .join(''),
    ).toBe('沪A·8K213 追尾');
  });
});

describe('the window around a match', () => {
  it('begins shortly before a match that stands late', () => {
    const text = `${'word '.repeat(40)}estimate at last`;
    expect(aroundMatch(text, 'estimate')).toMatch(/^….{22}estimate at last$/);
  });

  it('leaves an early match and a text without one alone', () => {
    expect(aroundMatch('estimate first', 'estimate')).toBe('estimate first');
    expect(aroundMatch('no such thing', 'roof')).toBe('no such thing');
  });
});
