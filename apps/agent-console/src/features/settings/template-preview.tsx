import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys, renderTemplate, useConversations } from '../../client';
import { useWords } from '../../locales';
import styles from './settings-page.module.css';
import type { TemplateDraft, TemplatePair } from './template-pairs';

interface PreviewProps {
  readonly pair: TemplatePair;
  readonly drafts: Readonly<Record<'en' | 'zh-CN', TemplateDraft>>;
}

/** The text as a real customer would read it, in both languages, while it is written. */
export function TemplatePreview({ pair, drafts }: PreviewProps) {
  const { t } = useTranslation('settings');
  const { data: conversations = [] } = useConversations('all');
  const bound = conversations.filter((one) => one.claim !== null).slice(0, 30);
  const [chosen, setChosen] = useState<string | null>(null);
  const conversation = bound.find((one) => one.id === chosen) ?? bound[0];
  if (!conversation) return <p className={styles.hint}>{t('templates.noPreview')}</p>;
  return (
    <section className={styles.preview} aria-label={t('templates.preview')}>
      <Select
        label={t('templates.preview')}
        searchable
        data={bound.map((one) => ({ value: one.id, label: [one.contact.name, one.claim?.number].filter(Boolean).join(' · ') }))}
        value={conversation.id}
        onChange={setChosen}
      />
      <div className={styles.editors}>
        {(['zh-CN', 'en'] as const).map((language) => (
          <Rendered
            key={language}
            code={pair.code}
            language={language}
            draft={drafts[language]}
            conversation={conversation.id}
            channel={conversation.channel}
          />
        ))}
      </div>
    </section>
  );
}

interface RenderedProps {
  readonly code: string;
  readonly language: 'en' | 'zh-CN';
  readonly draft: TemplateDraft;
  readonly conversation: string;
  readonly channel: string;
}

function Rendered({ code, language, draft, conversation, channel }: RenderedProps) {
  const { t } = useTranslation('settings');
  const words = useWords();
  const [{ subject, body }] = useDebouncedValue(draft, 300);
  const { data, error } = useQuery({
    queryKey: [...keys.templates(), 'rendered', code, language, subject, body, conversation],
    queryFn: () => renderTemplate(code, { conversation, channel, language, draft: { subject: subject.trim() || null, body } }),
    enabled: body.trim() !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (body.trim() === '') return <p className={styles.bubble}>{t(`templates.missing.${language}`)}</p>;
  if (error) return <p className={styles.problem}>{words.error(error)}</p>;
  return (
    <p className={styles.bubble} lang={language}>
      {data?.subject && <strong>{data.subject}</strong>}
      {data?.text ?? '…'}
    </p>
  );
}
