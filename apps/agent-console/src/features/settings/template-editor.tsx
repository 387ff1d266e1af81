import { smsSegments } from '@claimline/messages';
import type { Template } from '@claimline/protocol';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTemplateVersions } from '../../client';
import { useWords } from '../../locales';
import { Chip, useDates, useMayConfigure } from '../../ui';
import styles from './settings-page.module.css';
import { fieldsOf, type TemplateDraft, type TemplatePair } from './template-pairs';

interface TemplateEditorProps {
  readonly pair: TemplatePair;
  readonly language: Template['language'];
  readonly draft: TemplateDraft;
  readonly onChange: (draft: TemplateDraft) => void;
  /** Publishes an earlier version again, as the newest one. */
  readonly onGoBack: (version: Template) => void;
  /** Why the hub did not take it. */
  readonly problem: string | null;
}

/** One language of a text, with the way back to the version before. */
export function TemplateEditor({ pair, language, draft, onChange, onGoBack, problem }: TemplateEditorProps) {
  const { t } = useTranslation('settings');
  const words = useWords();
  const dates = useDates();
  const mayConfigure = useMayConfigure();
  const now = pair.texts[language];
  const before = useTemplateVersions(pair.code, language).data?.items.find((one) => now && one.version < now.version);
  return (
    <div className={styles.templateText}>
      <header className={styles.editorHead}>
        <h3>{words.of('language', language)}</h3>
        <span className={styles.quiet}>
          {now ? t('templates.version', { version: now.version, when: dates.day(now.publishedAt) }) : t(`templates.missing.${language}`)}
        </span>
        {mayConfigure && before && (
          <Button size="compact-xs" variant="subtle" ml="auto" title={before.body} onClick={() => onGoBack(before)}>
            {t('templates.goBack', { version: before.version })}
          </Button>
        )}
      </header>
      <TextInput
        label={t('templates.subject')}
        lang={language}
        maxLength={300}
        value={draft.subject}
        readOnly={!mayConfigure}
        onChange={(event) => onChange({ ...draft, subject: event.currentTarget.value })}
      />
      <Textarea
        label={t('templates.body')}
        lang={language}
        autosize
        minRows={6}
        maxRows={16}
        maxLength={5000}
        value={draft.body}
        readOnly={!mayConfigure}
        error={problem}
        onChange={(event) => onChange({ ...draft, body: event.currentTarget.value })}
      />
      <p className={styles.fields}>
        {fieldsOf(draft.body).map((field) => (
          <Chip key={field}>{field}</Chip>
        ))}
        <span className={styles.quiet}>{t('templates.segments', { count: smsSegments(draft.body).segments })}</span>
      </p>
    </div>
  );
}
