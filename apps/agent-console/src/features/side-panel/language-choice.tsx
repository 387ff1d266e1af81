import type { Contact } from '@claimline/protocol';
import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUpdateContact } from '../../client';
import { useWords } from '../../locales';
import { toast, useMayWrite } from '../../ui';
import styles from './side-panel.module.css';

const LANGUAGES = ['zh-CN', 'en'] as const;

/** In which language this customer is spoken to: one click, and it holds for everything from now on. */
export function LanguageChoice({ contact }: { readonly contact: Contact }) {
  const { t } = useTranslation('side-panel');
  const { t: more } = useTranslation('aftercare');
  const words = useWords();
  const mayWrite = useMayWrite();
  const update = useUpdateContact(contact.id);
  if (!mayWrite)
    return contact.language ? (
      words.of('language', contact.language)
    ) : (
      <span className={styles.quiet}>{t('customer.unknownLanguage')}</span>
    );
  const choose = (language: (typeof LANGUAGES)[number]) =>
    void update.mutateAsync({ language }).then(
      () => toast({ text: more('language.chosen', { language: words.of('language', language) }) }),
      (error: unknown) => toast({ text: words.error(error), tone: 'danger' }),
    );
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('customer.language')}
      data={LANGUAGES.map((value) => ({ value, label: words.of('language', value) }))}
      value={contact.language ?? ''}
      disabled={update.isPending}
      onChange={(value) => choose(value === 'en' ? 'en' : 'zh-CN')}
    />
  );
}
