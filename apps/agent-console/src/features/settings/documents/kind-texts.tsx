import type { ChecklistBook } from '@claimline/protocol';
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './documents.module.css';

type Kind = ChecklistBook['kinds'][number];

interface KindTextsProps {
  readonly kinds: readonly Kind[];
  readonly disabled: boolean;
  readonly onChange: (kind: Kind) => void;
}

const FIELDS = [
  ['label', 'en', 'labelEn'],
  ['label', 'zh-CN', 'labelZh'],
  ['help', 'en', 'helpEn'],
  ['help', 'zh-CN', 'helpZh'],
] as const;

/** What each document is called and how customers are helped to make a good one, in both languages. */
export function KindTexts({ kinds, disabled, onChange }: KindTextsProps) {
  const { t, i18n } = useTranslation('documents');
  return (
    <details className={styles.card}>
      <summary className={styles.name}>{t('settings.texts')}</summary>
      {kinds.map((kind) => (
        <fieldset key={kind.code} className={styles.texts}>
          <legend>{kind.label[i18n.language === 'zh-CN' ? 'zh-CN' : 'en']}</legend>
          {FIELDS.map(([field, language, label]) => (
            <TextInput
              key={label}
              size="xs"
              label={t(`settings.${label}`)}
              disabled={disabled}
              value={kind[field][language]}
              onChange={(event) => onChange({ ...kind, [field]: { ...kind[field], [language]: event.currentTarget.value } })}
            />
          ))}
        </fieldset>
      ))}
    </details>
  );
}
