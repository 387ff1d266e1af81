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

/** A text as somebody is writing it. */
export interface TemplateDraft {
  readonly subject: string;
  readonly body: string;
}

/** What is published, as a beginning for whoever changes it. */
export function draftsOf({ texts }: TemplatePair): Readonly<Record<Template['language'], TemplateDraft>> {
  const of = (text: Template | undefined): TemplateDraft => ({ subject: text?.subject ?? '', body: text?.body ?? '' });
  return { en: of(texts.en), 'zh-CN': of(texts['zh-CN']) };
}

/** The languages whose words are others than those published; empty words are not published. */
export function changedLanguages(
  pair: TemplatePair,
  drafts: Readonly<Record<Template['language'], TemplateDraft>>,
): readonly Template['language'][] {
  const now = draftsOf(pair);
  return (['zh-CN', 'en'] as const).filter(
    (one) => drafts[one].body.trim() !== '' && (drafts[one].body !== now[one].body || drafts[one].subject.trim() !== now[one].subject),
  );
}
