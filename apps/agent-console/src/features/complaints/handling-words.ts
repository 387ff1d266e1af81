import { useTranslation } from 'react-i18next';
import { useComplaintHandling } from '../../client';
import { humanised } from '../../locales';

interface Named {
  readonly code: string;
  readonly name: { readonly en: string; readonly 'zh-CN': string };
}

/** Categories and causes by the names that the settings give them, in the language of the screen. */
export function useHandlingWords() {
  const language = useTranslation().i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const handling = useComplaintHandling().data;
  const options = (some: readonly Named[] = []) => some.map(({ code, name }) => ({ value: code, label: name[language] }));
  const nameOf = (some: readonly Named[] | undefined, code: string): string =>
    some?.find((one) => one.code === code)?.name[language] ?? humanised(code);
  return {
    category: (code: string) => nameOf(handling?.playbooks, code),
    cause: (code: string) => nameOf(handling?.rootCauses, code),
    categories: options(handling?.playbooks),
    causes: options(handling?.rootCauses),
    routes: handling?.routes[language] ?? '',
  };
}
