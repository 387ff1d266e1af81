import { Select, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe, useUpdateMe } from '../../client';
import { LOCALES, speak, useWords, type Locale } from '../../locales';
import { Fact, Facts, TabsLine } from '../../ui';
import { PasswordForm } from './accounts/password-form';
import { SectionHead } from './section-head';
import styles from './settings-page.module.css';

// Each in its own language: who is lost in the other one must find back.
const OWN_NAMES: Readonly<Record<Locale, string>> = { en: 'English', 'zh-CN': '简体中文' };
const SCHEMES = ['auto', 'light', 'dark'] as const;

/** What concerns only me: language and appearance of the console. */
export function MySection() {
  const { t, i18n } = useTranslation('settings');
  const words = useWords();
  const me = useMe().data;
  const update = useUpdateMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const locale = LOCALES.find((one) => one === i18n.language) ?? 'en';
  const choose = (chosen: Locale) => {
    void speak(chosen);
    update.mutate({ locale: chosen });
  };
  return (
    <section>
      <SectionHead title={t('mine.title')} hint={t('mine.hint')} />
      <div className={styles.form}>
        <Select
          label={t('mine.language')}
          data={LOCALES.map((value) => ({ value, label: OWN_NAMES[value] }))}
          value={locale}
          onChange={(value) => choose(LOCALES.find((one) => one === value) ?? 'en')}
          error={update.isError ? words.error(update.error) : undefined}
        />
        <div>
          <p className={styles.label}>{t('mine.appearance')}</p>
          <TabsLine
            label={t('mine.appearance')}
            value={colorScheme}
            onChange={setColorScheme}
            tabs={SCHEMES.map((value) => ({ value, name: t(`mine.${value}`) }))}
          />
        </div>
        {me && (
          <Facts>
            <Fact label={t('mine.name')}>{me.name}</Fact>
            <Fact label={t('mine.email')}>{me.email}</Fact>
            <Fact label={t('mine.role')}>{words.role(me.role)}</Fact>
            <Fact label={t('mine.brand')}>{me.brand.name}</Fact>
          </Facts>
        )}
      </div>
      <div className={styles.apart}>
        <PasswordForm />
      </div>
    </section>
  );
}
