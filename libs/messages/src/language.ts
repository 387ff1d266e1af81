/** The languages the product speaks. Anything else is answered in one of these. */
export type Language = 'en' | 'zh-CN';
export const LANGUAGES = ['en', 'zh-CN'] as const;

/** The language we speak to somebody who asked for `tag` (BCP 47): every Chinese falls back to `zh-CN`, everything else to `en`. */
export function spokenLanguage(tag: string | null | undefined, brandDefault: Language = 'en'): Language {
  if (!tag) return brandDefault;
  return tag.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** A guess from the letters alone: Han characters mean Chinese. Undefined where the text has no letters to judge by. */
export function languageOfText(text: string): Language | undefined {
  if (/\p{Script=Han}/u.test(text)) return 'zh-CN';
  return /\p{Letter}/u.test(text) ? 'en' : undefined;
}
