import { createContext, use, useEffect, useState, type ReactNode } from 'react';

/** The languages of the portal. */
export type Language = 'en' | 'zh-CN';

interface Spoken {
  readonly language: Language;
  speak(language: Language): void;
}

const Context = createContext<Spoken>({ language: 'en', speak: () => undefined });
const KEPT = 'claimline-portal-language';

const kept = (): Language | undefined => {
  const word = window.localStorage.getItem(KEPT);
  return word === 'en' || word === 'zh-CN' ? word : undefined;
};

const ofBrowser = (): Language => (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');

/** Speaks the language that the customer chose here, else the one the hub knows of them, else the browser's. */
export function Speaking({ known, children }: { readonly known: Language | undefined; readonly children: ReactNode }) {
  const [chosen, choose] = useState(kept);
  const language = chosen ?? known ?? ofBrowser();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speak = (next: Language): void => {
    window.localStorage.setItem(KEPT, next);
    choose(next);
  };
  return <Context value={{ language, speak }}>{children}</Context>;
}

/** The language of the page and how to change it. */
export const useLanguage = (): Spoken => use(Context);

/** The words of one page in the language that is spoken: `useWords({ en: EN, 'zh-CN': ZH })`. */
export function useWords<Words>(both: Readonly<Record<Language, Words>>): Words {
  return both[useLanguage().language];
}

/** Puts values into a text: `fill('Sent to {to}', { to: '••••1002' })`. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
