import type { Template } from '@claimline/protocol';

/** One text in its languages. */
export interface TemplatePair {
  readonly code: string;
  readonly title: string;
  readonly use: Template['use'];
  readonly privacy: Template['privacy'];
  readonly texts: Readonly<Partial<Record<Template['language'], Template>>>;
}

/** Versions of the same text side by side; only the newest version of each language counts. Named as in `language` where it has that one. */
export function templatePairs(templates: readonly Template[], language: Template['language']): readonly TemplatePair[] {
  const codes = new Map<string, Partial<Record<Template['language'], Template>>>();
  for (const one of templates) {
    const texts = codes.get(one.code) ?? {};
    const known = texts[one.language];
    codes.set(one.code, known && known.version >= one.version ? texts : { ...texts, [one.language]: one });
  }
  return [...codes].flatMap(([code, texts]) => {
    const named = texts[language] ?? texts.en ?? texts['zh-CN'];
    return named ? [{ code, title: named.title, use: named.use, privacy: named.privacy, texts }] : [];
  });
}

/** The fields that a body fills in, each once, in order: `{{ salutation }}` is `salutation`. */
export function fieldsOf(body: string): readonly string[] {
  return [...new Set([...body.matchAll(/\{\{-?\s*([\w.]+)/g)].map((match) => match[1] ?? ''))];
}
