import type { BulkAct, BulkPreview } from '@claimline/protocol';
import { Button, Modal, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, usePreviewBulk, useTemplates } from '../../client';
import { useWords } from '../../locales';
import { dayAndTime, ErrorState } from '../../ui';
import styles from './bulk-bar.module.css';
import type { Selection } from './selection';
import { selectionOf, type ListPlace } from './use-bulk';

interface ReplyProps {
  readonly place: ListPlace;
  readonly selection: Selection;
  readonly count: number;
  readonly act: (act: BulkAct) => void;
  readonly onClose: () => void;
}

function Forecast({ preview }: { readonly preview: BulkPreview }) {
  const { t, i18n } = useTranslation('bulk');
  const words = useWords();
  return (
    <>
      <ul className={styles.facts}>
        {preview.senders.map((sender) => (
          <li key={sender.inboxId}>
            {t('sender', {
              count: sender.count,
              channel: words.channel(sender.channel),
              name: sender.name,
              at: dayAndTime(Date.parse(sender.lastAt), hubNow(), i18n.language),
            })}
          </li>
        ))}
      </ul>
      <ul className={styles.samples} aria-label={t('samples')}>
        {preview.samples.map((sample) => (
          <li key={sample.conversationId} className={styles.sample}>
            <b>{sample.name}</b>
            {sample.text ?? t('notSent', { reason: words.of('error', sample.reason ?? 'internal') })}
          </li>
        ))}
      </ul>
    </>
  );
}

/** One answer to many: in a template or in own words, seen first as the first few would get it. */
export function BulkReply({ place, selection, count, act, onClose }: ReplyProps) {
  const { t, i18n } = useTranslation('bulk');
  const [template, setTemplate] = useState<string | null>(null);
  const [text, setText] = useState('');
  const templates = useTemplates({ use: 'reply', language: i18n.language === 'zh-CN' ? 'zh-CN' : 'en' }).data?.items ?? [];
  const preview = usePreviewBulk();
  const said: BulkAct | undefined = template ? { kind: 'reply', template } : text.trim() ? { kind: 'reply', text: text.trim() } : undefined;
  const change = (work: () => void) => {
    work();
    preview.reset();
  };
  return (
    <Modal opened onClose={onClose} title={t('replyTitle', { count })} size="lg">
      <Select
        label={t('template')}
        placeholder={t('ownWords')}
        data={templates.map((one) => ({ value: one.code, label: one.title }))}
        value={template}
        onChange={(value) => change(() => setTemplate(value))}
        clearable
        searchable
      />
      {!template && (
        <Textarea
          mt="sm"
          label={t('words')}
          autosize
          minRows={3}
          maxRows={10}
          value={text}
          onChange={(event) => change(() => setText(event.currentTarget.value))}
        />
      )}
      {preview.isError && <ErrorState error={preview.error} />}
      {preview.data && <Forecast preview={preview.data} />}
      <div className={styles.line} style={{ justifyContent: 'flex-end', marginTop: 16 }}>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          disabled={!said}
          loading={preview.isPending}
          onClick={() => said && preview.mutate({ ...selectionOf(selection, place), act: said })}
        >
          {t('preview')}
        </Button>
        <Button
          variant="filled"
          disabled={!said || !preview.data}
          onClick={() => {
            if (!said) return;
            act(said);
            onClose();
          }}
        >
          {t('send', { count: preview.data?.total ?? count })}
        </Button>
      </div>
    </Modal>
  );
}
