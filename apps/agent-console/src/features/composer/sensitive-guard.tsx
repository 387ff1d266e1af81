import { maskText } from '@claimline/messages';
import { SENSITIVE_REASONS, type SensitiveReason } from '@claimline/protocol';
import { Select } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './composer.module.css';

/** What is in the way of sending: a number that no thread shows, without a reason why it leaves. */
export interface Sensitive {
  readonly blocked: boolean;
  /** For the request; nothing where there is no such number. */
  readonly part: { readonly sensitive?: SensitiveReason };
  readonly hint: ReactNode;
}

/** Looks for account, card and identity numbers while somebody writes, and asks why they are sent. The hub looks again. */
export function useSensitive(text: string, note: boolean): Sensitive {
  const { t } = useTranslation('composer');
  const [chosen, choose] = useState<{ readonly text: string; readonly reason: SensitiveReason }>();
  const { kinds, text: masked } = maskText(note ? '' : text);
  if (kinds.length === 0) return { blocked: false, part: {}, hint: null };
  // A reason is given for these numbers; other numbers want their own.
  const reason = chosen?.text === masked ? chosen.reason : undefined;
  const hint = (
    <span className={styles.hint} data-tone="warn" role="status">
      <IconEyeOff size={13} stroke={1.8} aria-hidden="true" />
      {t('sensitive.found', { kinds: kinds.map((kind) => t(`sensitive.kind.${kind}`)).join(', ') })}
      <Select
        size="xs"
        aria-label={t('sensitive.why')}
        placeholder={t('sensitive.why')}
        data={SENSITIVE_REASONS.map((value) => ({ value, label: t(`sensitive.reason.${value}`) }))}
        value={reason ?? null}
        onChange={(value) => value && choose({ text: masked, reason: value as SensitiveReason })}
      />
    </span>
  );
  return { blocked: reason === undefined, part: reason === undefined ? {} : { sensitive: reason }, hint };
}
