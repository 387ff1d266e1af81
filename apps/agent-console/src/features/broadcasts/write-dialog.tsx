import type { BroadcastPreview, SubmitBroadcast } from '@claimline/protocol';
import { Button, Checkbox, Modal, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCatastrophes, usePreviewBroadcast, useSubmitBroadcast } from '../../client';
import { useWords } from '../../locales';
import { ErrorState, toast } from '../../ui';
import styles from './broadcasts.module.css';

const TEMPLATES = ['cat_safety', 'cat_update'] as const;
const LINES = ['motor', 'property', 'health', 'accident', 'life', 'liability', 'travel', 'marine'] as const;

function Preview({ preview }: { readonly preview: BroadcastPreview }) {
  const { t } = useTranslation('broadcasts');
  const words = useWords();
  return (
    <div className={styles.wide} role="status">
      <ul className={styles.counts}>
        <li>
          <b>{preview.willGet}</b> {t('preview.get', { total: preview.total })}
        </li>
        {preview.later > 0 && <li>{t('preview.later', { count: preview.later })}</li>}
        {Object.entries(preview.notTold).map(([reason, count]) => (
          <li key={reason}>
            <b>{count}</b> {t('count.notTold', { reason: words.reason(reason) })}
          </li>
        ))}
      </ul>
      {preview.checked < preview.total && <p className={styles.text}>{t('preview.checked', { count: preview.checked })}</p>}
      <ul className={styles.people} aria-label={t('preview.samples')}>
        {preview.samples.map((one) => (
          <li key={one.claim}>
            <b>
              {one.name} · {one.claim} · {words.channel(one.channel)}
            </b>
            {one.text}
          </li>
        ))}
        {preview.left.map((one) => (
          <li key={one.claim}>
            <b>
              {one.name} · {one.claim}
            </b>
            {t('preview.left', { reason: words.reason(one.reason) })}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A new broadcast: for whom, which text, how fast; looked at with real people before anybody is asked to approve it. */
export function WriteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('broadcasts');
  const words = useWords();
  const events = useCatastrophes().data?.items ?? [];
  const look = usePreviewBroadcast();
  const submit = useSubmitBroadcast();
  const [draft, setDraft] = useState({
    name: '',
    template: 'cat_safety' as (typeof TEMPLATES)[number],
    catastrophe: '',
    line: '',
    jurisdiction: '',
    language: '',
    perHour: 3600,
    anyHour: false,
  });
  const change = (part: Partial<typeof draft>) => {
    setDraft({ ...draft, ...part });
    look.reset();
  };
  const { name, template, perHour } = draft;
  const audience = {
    catastrophe: draft.catastrophe || null,
    line: draft.line || null,
    jurisdiction: draft.jurisdiction.trim() || null,
    language: draft.language || null,
  };
  const wish: SubmitBroadcast = { name, template, perHour, anyHour: template === 'cat_safety' && draft.anyHour, audience };
  const meant = Object.values(audience).some(Boolean);
  const send = () => submit.mutate(wish, { onSuccess: onClose, onError: (error) => toast({ text: words.error(error), tone: 'danger' }) });
  return (
    <Modal opened onClose={onClose} title={t('write')} size="lg" closeButtonProps={{ 'aria-label': t('cancel') }}>
      <div className={styles.form}>
        <TextInput
          className={styles.wide}
          label={t('field.name')}
          required
          data-autofocus
          value={name}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        />
        <Select
          label={t('field.template')}
          data={TEMPLATES.map((value) => ({ value, label: t(`template.${value}`) }))}
          value={template}
          allowDeselect={false}
          onChange={(value) => value && change({ template: value as typeof template })}
        />
        <Select
          label={t('field.catastrophe')}
          data={events.map(({ tag, name: label }) => ({ value: tag, label }))}
          value={draft.catastrophe || null}
          clearable
          onChange={(value) => change({ catastrophe: value ?? '' })}
        />
        <Select
          label={t('field.line')}
          data={LINES.map((value) => ({ value, label: words.line(value) }))}
          value={draft.line || null}
          clearable
          onChange={(value) => change({ line: value ?? '' })}
        />
        <Select
          label={t('field.language')}
          data={[
            { value: 'en', label: 'English' },
            { value: 'zh', label: '中文' },
          ]}
          value={draft.language || null}
          clearable
          onChange={(value) => change({ language: value ?? '' })}
        />
        <TextInput
          label={t('field.jurisdiction')}
          placeholder="CN-SH"
          value={draft.jurisdiction}
          onChange={(event) => change({ jurisdiction: event.currentTarget.value })}
        />
        <NumberInput
          label={t('field.perHour')}
          min={1}
          max={200000}
          value={perHour}
          onChange={(value) => setDraft({ ...draft, perHour: Number(value) || 1 })}
        />
        {template === 'cat_safety' && (
          <Checkbox
            className={styles.wide}
            label={t('field.anyHour')}
            checked={draft.anyHour}
            onChange={(event) => change({ anyHour: event.currentTarget.checked })}
          />
        )}
        {look.isError && <ErrorState error={look.error} />}
        {look.data && <Preview preview={look.data} />}
        <Button disabled={!meant} loading={look.isPending} onClick={() => look.mutate(wish)}>
          {t('look')}
        </Button>
        <Button variant="filled" disabled={!look.data || look.data.willGet === 0 || !name.trim()} loading={submit.isPending} onClick={send}>
          {t('submit')}
        </Button>
      </div>
    </Modal>
  );
}
