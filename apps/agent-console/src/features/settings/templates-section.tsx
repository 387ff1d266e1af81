import type { Template } from '@claimline/protocol';
import { useDisclosure } from '@mantine/hooks';
import { IconTemplate } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTemplates } from '../../client';
import { Chip, EmptyState, ErrorState, SearchField, SkeletonRows, TabsLine, templateGlance, templateName } from '../../ui';
import { SectionHead } from './section-head';
import styles from './settings-page.module.css';
import { TemplateDialog } from './template-dialog';
import { templatePairs, type TemplatePair } from './template-pairs';

const USES = ['notice', 'reply', 'automatic'] as const;

/** The texts that people and rules send, both languages side by side, published version by version. */
export function TemplatesSection() {
  const { t, i18n } = useTranslation('settings');
  const { data, error, refetch } = useTemplates();
  const [use, setUse] = useState<Template['use']>('notice');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [opened, { open, close }] = useDisclosure(false);
  const pairs = templatePairs(data?.items ?? [], i18n.language === 'en' ? 'en' : 'zh-CN');
  const wanted = text.trim().toLowerCase();
  const shown = pairs.filter(
    (pair) =>
      pair.use === use &&
      (!wanted || `${pair.title} ${pair.code} ${pair.texts.en?.body} ${pair.texts['zh-CN']?.body}`.toLowerCase().includes(wanted)),
  );
  return (
    <section>
      <SectionHead title={t('templates.title')} hint={t('templates.hint')} />
      <div className={styles.filters}>
        <TabsLine
          label={t('templates.use')}
          value={use}
          onChange={setUse}
          tabs={USES.map((value) => ({ value, name: t(`templates.${value}`), count: pairs.filter((pair) => pair.use === value).length }))}
        />
        <div className={styles.filter}>
          <SearchField label={t('templates.search')} value={text} onChange={setText} />
        </div>
      </div>
      {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={4} height={84} />}
      {data && shown.length === 0 && <EmptyState icon={IconTemplate} title={t('templates.none')} />}
      <ul className={styles.list}>
        {shown.map((pair) => (
          <TemplateRow
            key={pair.code}
            pair={pair}
            onOpen={() => {
              setChosen(pair.code);
              open();
            }}
          />
        ))}
      </ul>
      <TemplateDialog opened={opened} onClose={close} pair={pairs.find((pair) => pair.code === chosen) ?? null} />
    </section>
  );
}

function TemplateRow({ pair, onOpen }: { readonly pair: TemplatePair; readonly onOpen: () => void }) {
  const { t } = useTranslation('settings');
  return (
    <li>
      <button type="button" className={styles.template} onClick={onOpen}>
        <span className={styles.name}>
          {templateName(pair.title)} <span className={styles.quiet}>{pair.code}</span>
          <Chip title={t('templates.privacyHint')}>{t('templates.privacy', { privacy: pair.privacy })}</Chip>
        </span>
        <span className={styles.sides}>
          {(['zh-CN', 'en'] as const).map((language) => {
            const side = pair.texts[language];
            return (
              <span key={language} className={styles.side} lang={language}>
                {side ? templateGlance(side.body) : <span className={styles.missing}>{t(`templates.missing.${language}`)}</span>}
              </span>
            );
          })}
        </span>
      </button>
    </li>
  );
}
