import { smsSegments } from '@claimline/messages';
import type { Template } from '@claimline/protocol';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, usePublishTemplate } from '../../client';
import { useWords } from '../../locales';
import { Chip, toast, useDates, useMayConfigure } from '../../ui';
import styles from './settings-page.module.css';
import { fieldsOf, type TemplatePair } from './template-pairs';

interface TemplateEditorProps {
  readonly pair: TemplatePair;
  readonly language: Template['language'];
}

/** One language of a text. Publishing makes a new version; taking it back publishes the one before. */
export function TemplateEditor({ pair, language }: TemplateEditorProps) {
  const { t } = useTranslation('settings');
  const words = useWords();
  const dates = useDates();
  const mayConfigure = useMayConfigure();
  const publish = usePublishTemplate();
  const now = pair.texts[language];
  const [body, setBody] = useState(now?.body ?? '');
  const [subject, setSubject] = useState(now?.subject ?? '');
  const changed = body.trim() !== '' && (body !== (now?.body ?? '') || subject !== (now?.subject ?? ''));
  const refused = publish.error instanceof ApiError ? publish.error.fields.map((one) => one.problem).join(' ') : '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const version = { code: pair.code, language, body, subject: subject.trim() || null };
    const before = now && { code: pair.code, language, body: now.body, subject: now.subject };
    publish.mutate(version, {
      onSuccess: () =>
        toast({
          text: t('templates.published'),
          lasts: 12_000,
          action: before && { label: t('templates.takeBack'), run: () => publish.mutate(before) },
        }),
    });
  };
  return (
    <form className={styles.editor} onSubmit={submit} lang={language}>
      <header className={styles.editorHead}>
        <h3>{words.of('language', language)}</h3>
        <span className={styles.quiet}>
          {now ? t('templates.version', { version: now.version, when: dates.day(now.publishedAt) }) : t(`templates.missing.${language}`)}
        </span>
      </header>
      <TextInput
        label={t('templates.subject')}
        maxLength={300}
        value={subject}
        disabled={!mayConfigure}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <Textarea
        label={t('templates.body')}
        autosize
        minRows={6}
        maxRows={16}
        maxLength={5000}
        value={body}
        readOnly={!mayConfigure}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <p className={styles.fields}>
        {fieldsOf(body).map((field) => (
          <Chip key={field}>{field}</Chip>
        ))}
        <span className={styles.quiet}>{t('templates.segments', { count: smsSegments(body).segments })}</span>
      </p>
      {publish.isError && (
        <p className={styles.problem} role="alert">
          {refused || words.error(publish.error)}
        </p>
      )}
      {mayConfigure && (
        <Button type="submit" variant="filled" disabled={!changed} loading={publish.isPending}>
          {t('templates.publish')}
        </Button>
      )}
    </form>
  );
}
