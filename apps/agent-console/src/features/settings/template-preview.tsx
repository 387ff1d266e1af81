import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys, renderTemplate, useConversations } from '../../client';
import { useWords } from '../../locales';
import styles from './settings-page.module.css';
import type { TemplatePair } from './template-pairs';

/** The published text as a real customer would read it, in both languages. */
export function TemplatePreview({ pair }: { readonly pair: TemplatePair }) {
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
          <Rendered key={language} pair={pair} language={language} conversation={conversation.id} channel={conversation.channel} />
        ))}
      </div>
    </section>
  );
}

interface RenderedProps {
  readonly pair: TemplatePair;
  readonly language: 'en' | 'zh-CN';
  readonly conversation: string;
  readonly channel: string;
}

function Rendered({ pair, language, conversation, channel }: RenderedProps) {
  const { t } = useTranslation('settings');
  const words = useWords();
  const version = pair.texts[language]?.version;
  const { data, error } = useQuery({
    queryKey: [...keys.templates(), 'rendered', pair.code, language, version, conversation],
    queryFn: () => renderTemplate(pair.code, { conversation, channel, language }),
    enabled: version !== undefined,
  });
  if (version === undefined) return <p className={styles.bubble}>{t(`templates.missing.${language}`)}</p>;
  if (error) return <p className={styles.problem}>{words.error(error)}</p>;
  return (
    <p className={styles.bubble} lang={language}>
      {data?.subject && <strong>{data.subject}</strong>}
      {data?.text ?? '…'}
    </p>
  );
}
