import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

/** The languages of the console. */
export const LOCALES = ['en', 'zh-CN'] as const;
/** One of them. */
export type Locale = (typeof LOCALES)[number];

const REMEMBERED = 'claimline.locale';

// Every `<language>/<namespace>.json` is found by itself: a feature adds its two files and uses `useTranslation('<namespace>')`.
const files = import.meta.glob<Record<string, unknown>>('./*/*.json', { eager: true, import: 'default' });

function resources(): Record<string, Record<string, Record<string, unknown>>> {
  const all: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [path, texts] of Object.entries(files)) {
    const [, language = '', file = ''] = path.split('/');
    all[language] = { ...all[language], [file.replace('.json', '')]: texts };
  }
  return all;
}

const spoken = (tag: string | null | undefined): Locale | undefined => {
  if (!tag) return undefined;
  if (tag.toLowerCase().startsWith('zh')) return 'zh-CN';
  return tag.toLowerCase().startsWith('en') ? 'en' : undefined;
};

/** The language to begin with: as last time on this machine, else as the browser says, else English. */
export const firstLocale = (): Locale => spoken(localStorage.getItem(REMEMBERED)) ?? navigator.languages.map(spoken).find(Boolean) ?? 'en';

/** Switches the texts, the page's language and what the next start begins with. */
export async function speak(locale: Locale): Promise<void> {
  localStorage.setItem(REMEMBERED, locale);
  document.documentElement.lang = locale;
  await i18next.changeLanguage(locale);
}

/** Makes the texts ready; before the first render. */
export async function startLocales(): Promise<void> {
  const lng = firstLocale();
  document.documentElement.lang = lng;
  await i18next.use(initReactI18next).init({
    resources: resources(),
    lng,
    fallbackLng: 'en',
    defaultNS: 'app',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
export { humanised, useWords, type Words } from './words';
