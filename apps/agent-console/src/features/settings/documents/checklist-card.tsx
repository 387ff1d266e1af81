import type { ChecklistBook } from '@claimline/protocol';
import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../../locales';
import styles from './documents.module.css';

export type Checklist = ChecklistBook['lists'][number];
type Entry = Checklist['items'][number];

interface ChecklistCardProps {
  readonly list: Checklist;
  readonly kinds: ChecklistBook['kinds'];
  readonly disabled: boolean;
  readonly onChange: (list: Checklist) => void;
}

const CONDITIONS = ['injury', 'third-party', 'injury-or-third-party'] as const;
const PARTIES = ['owner', 'third-party', 'beneficiary'] as const;
const ALWAYS = 'always';

/** What claims of one line and kind of loss want: each document with its condition and whom it is asked of. */
export function ChecklistCard({ list, kinds, disabled, onChange }: ChecklistCardProps) {
  const { t, i18n } = useTranslation('documents');
  const words = useWords();
  const line = list.line === 'other' ? t('settings.everyOther') : words.line(list.line);
  const title = list.lossKind
    ? t('settings.listOfLoss', { line, loss: t(`reports:lossKind.${list.lossKind}`, { defaultValue: list.lossKind }) })
    : t('settings.list', { line });
  const label = (code: string): string =>
    kinds.find((kind) => kind.code === code)?.label[i18n.language === 'zh-CN' ? 'zh-CN' : 'en'] ?? code;
  const change = (at: number, over: Partial<Entry>) =>
    onChange({ ...list, items: list.items.map((item, index) => (index === at ? { ...item, ...over } : item)) });
  const unused = kinds.filter(({ code }) => !list.items.some((item) => item.code === code));
  return (
    <section className={styles.card} aria-label={title}>
      <h3 className={styles.name}>{title}</h3>
      <ul className={styles.items}>
        {list.items.map((item, index) => (
          <li key={`${item.code}-${item.from}`} className={styles.item}>
            <span className={styles.label}>{label(item.code)}</span>
            <Select
              size="xs"
              aria-label={`${t('settings.when')}: ${label(item.code)}`}
              disabled={disabled}
              allowDeselect={false}
              value={item.when ?? ALWAYS}
              data={[
                { value: ALWAYS, label: t('settings.always') },
                ...CONDITIONS.map((value) => ({ value, label: t(`settings.condition.${value}`) })),
              ]}
              onChange={(value) => change(index, { when: CONDITIONS.find((one) => one === value) ?? null })}
            />
            <Select
              size="xs"
              aria-label={`${t('settings.from')}: ${label(item.code)}`}
              disabled={disabled}
              allowDeselect={false}
              value={item.from}
              data={PARTIES.map((value) => ({ value, label: t(`settings.party.${value}`) }))}
              onChange={(value) => change(index, { from: PARTIES.find((one) => one === value) ?? 'owner' })}
            />
            <Tooltip label={t('settings.remove', { item: label(item.code) })}>
              <ActionIcon
                aria-label={t('settings.remove', { item: label(item.code) })}
                disabled={disabled}
                onClick={() => onChange({ ...list, items: list.items.filter((_, at) => at !== index) })}
              >
                <IconX size={14} stroke={1.8} />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
      <Select
        size="xs"
        className={styles.add}
        aria-label={`${t('settings.add')}: ${title}`}
        placeholder={t('settings.add')}
        disabled={disabled || unused.length === 0}
        searchable
        value={null}
        data={unused.map(({ code }) => ({ value: code, label: label(code) }))}
        onChange={(code) => code && onChange({ ...list, items: [...list.items, { code, when: null, from: 'owner' }] })}
      />
    </section>
  );
}
