import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const languages = ['en', 'zh-CN'] as const;
const folder = (language: string) => path.join(__dirname, language);
const read = (language: string, file: string) =>
  JSON.parse(readFileSync(path.join(folder(language), file), 'utf8')) as Record<string, unknown>;

// English has two forms of a counted text, Chinese one; both answer to the same key.
const plain = (key: string) => key.replace(/_(one|other)$/, '');

function keysOf(texts: Record<string, unknown>, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? keysOf(value as Record<string, unknown>, `${prefix}${key}.`) : [plain(`${prefix}${key}`)],
  );
}

const placeholders = (texts: Record<string, unknown>): Map<string, string> =>
  new Map(
    Object.entries(texts).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string'
        ? [[plain(key), [...new Set([...value.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]))].sort().join(' ')]]
        : [...placeholders(value as Record<string, unknown>)].map(([inner, names]): [string, string] => [`${key}.${inner}`, names]),
    ),
  );

const files = readdirSync(folder('en'));

it('speaks of the same things in both languages', () => {
  expect(readdirSync(folder('zh-CN')).sort()).toEqual([...files].sort());
});

it.each(files)('%s says everything in both languages, with the same names filled in', (file) => {
  const [english, chinese] = languages.map((language) => read(language, file));
  expect([...new Set(keysOf(chinese!))].sort()).toEqual([...new Set(keysOf(english!))].sort());
  expect(Object.fromEntries(placeholders(chinese!))).toEqual(Object.fromEntries(placeholders(english!)));
});
