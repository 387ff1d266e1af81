import { useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUpdateMe, useViewCounts } from '../../client';
import { useOffer } from '../../commands';
import { speak, type Locale } from '../../locales';
import { hrefs, useGo } from '../../navigation';
import { VIEWS } from '@claimline/protocol';

const LANGUAGES: readonly (readonly [Locale, string])[] = [
  ['en', 'English'],
  ['zh-CN', '简体中文'],
];
const SCHEMES = ['light', 'dark', 'auto'] as const;

/** Offers what concerns the screen itself: the views of the inbox, the language, the appearance. */
export function useScreenCommands(): void {
  const { t, i18n } = useTranslation('command-bar');
  const go = useGo();
  const update = useUpdateMe();
  const counts = useViewCounts().data?.views;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choose = (locale: Locale) => {
    void speak(locale);
    update.mutate({ locale });
  };
  useOffer([
    ...VIEWS.map((view) => ({
      id: `view.${view}`,
      title: counts?.[view] ? t('viewCount', { view: t(`view.${view}`), count: counts[view] }) : t('viewName', { view: t(`view.${view}`) }),
      section: t('go'),
      run: () => go(hrefs.inbox(view)),
    })),
    ...LANGUAGES.map(
      ([locale, name]) =>
        i18n.language !== locale && {
          id: `language.${locale}`,
          title: t('language', { name }),
          section: t('screen'),
          run: () => choose(locale),
        },
    ),
    ...SCHEMES.map(
      (scheme) =>
        colorScheme !== scheme && {
          id: `appearance.${scheme}`,
          title: t(`appearance.${scheme}`),
          section: t('screen'),
          run: () => setColorScheme(scheme),
        },
    ),
  ]);
}
