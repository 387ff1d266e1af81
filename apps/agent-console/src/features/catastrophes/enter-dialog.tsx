import { PERIL_NAMES } from '@claimline/protocol';
import { Button, Checkbox, Modal, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, useEnterCatastrophe } from '../../client';
import { useWords } from '../../locales';
import { toast } from '../../ui';
import styles from './catastrophes.module.css';

const listOf = (text: string): string[] => text.split(/[\s,，、]+/).filter(Boolean);

/** A new event: what struck, where and when; claims that fit get its tag. */
export function EnterDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('catastrophes');
  const words = useWords();
  const enter = useEnterCatastrophe();
  const today = new Date(hubNow()).toISOString().slice(0, 10);
  const [draft, setDraft] = useState({
    name: '',
    tag: '',
    peril: 'windstorm',
    area: '',
    jurisdictions: '',
    startsOn: today,
    endsOn: '',
    words: '',
    byRule: true,
  });
  const field = (name: 'name' | 'tag' | 'area' | 'jurisdictions' | 'startsOn' | 'endsOn' | 'words') => ({
    label: t(`field.${name}`),
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => setDraft({ ...draft, [name]: event.currentTarget.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, tag, area, startsOn, endsOn, byRule } = draft;
    enter.mutate(
      {
        ...{ name, tag, area, startsOn, byRule },
        peril: draft.peril as (typeof PERIL_NAMES)[number],
        endsOn: endsOn || null,
        jurisdictions: listOf(draft.jurisdictions),
        words: draft.words
          .split(/[,，、]+/)
          .map((word) => word.trim())
          .filter(Boolean),
      },
      { onSuccess: onClose, onError: (error) => toast({ text: words.error(error), tone: 'danger' }) },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('enter')} size="lg" closeButtonProps={{ 'aria-label': t('cancel') }}>
      <form className={styles.form} onSubmit={submit}>
        <TextInput {...field('name')} required data-autofocus maxLength={120} />
        <TextInput {...field('tag')} required pattern="[A-Za-z0-9][A-Za-z0-9\-]{1,39}" placeholder="CAT-2026-TY21" />
        <Select
          label={t('field.peril')}
          data={PERIL_NAMES.map((value) => ({ value, label: t(`peril.${value}`) }))}
          value={draft.peril}
          onChange={(peril) => peril && setDraft({ ...draft, peril })}
          allowDeselect={false}
        />
        <TextInput {...field('area')} />
        <TextInput {...field('jurisdictions')} placeholder="CN-SH CN-ZJ" />
        <TextInput {...field('words')} />
        <TextInput {...field('startsOn')} type="date" required />
        <TextInput {...field('endsOn')} type="date" />
        <Checkbox
          className={styles.wide}
          label={t('field.byRule')}
          checked={draft.byRule}
          onChange={(event) => setDraft({ ...draft, byRule: event.currentTarget.checked })}
        />
        <Button className={styles.wide} type="submit" variant="filled" loading={enter.isPending}>
          {t('save')}
        </Button>
      </form>
    </Modal>
  );
}
