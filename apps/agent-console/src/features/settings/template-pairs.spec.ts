import type { Template } from '@claimline/protocol';
import { fieldsOf, templatePairs } from './template-pairs';

const template = (code: string, language: Template['language'], version = 1): Template =>
  ({
    code,
    language,
    version,
    title: `${code} ${language}`,
    use: 'reply',
    privacy: 'P1',
    body: '',
    subject: null,
    publishedAt: '',
  }) as Template;

describe('templates side by side', () => {
  it('pairs the languages of a text and names it in mine', () => {
    const [pair] = templatePairs([template('photos', 'en'), template('photos', 'zh-CN')], 'zh-CN');
    expect([pair?.title, pair?.texts.en?.title]).toEqual(['photos zh-CN', 'photos en']);
  });

  it('shows a text that lacks a language, and only the newest version', () => {
    const pairs = templatePairs([template('hours', 'en', 2), template('hours', 'en', 1)], 'zh-CN');
    expect(pairs.map((pair) => [pair.title, pair.texts.en?.version, pair.texts['zh-CN']])).toEqual([['hours en', 2, undefined]]);
  });
});

it('finds the fields of a body once each', () => {
  expect(fieldsOf('{{ salutation }}, {{brand}}: {{ salutation | upcase }} {{- claim.number }}')).toEqual([
    'salutation',
    'brand',
    'claim.number',
  ]);
});
