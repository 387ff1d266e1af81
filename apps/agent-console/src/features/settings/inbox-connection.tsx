import type { Inbox, InboxCheck } from '@claimline/protocol';
import { Button, CopyButton } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { inboxTrouble } from '../../ui';
import styles from './settings-page.module.css';

/** The address that goes into the vendor's settings, and why the inbox is stopped if it is. */
export function WebhookAddress({ inbox }: { readonly inbox: Inbox }) {
  const { t } = useTranslation('settings');
  const words = useWords();
  const trouble = inboxTrouble(inbox, { stopped: t('inboxes.stopped'), reason: words.reason });
  return (
    <>
      {trouble && (
        <p className={styles.stopped} role="status">
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden /> {trouble}
        </p>
      )}
      {inbox.webhookUrl && (
        <div>
          <p className={styles.label}>{t('inboxes.webhook')}</p>
          <div className={styles.copy}>
            <code>{inbox.webhookUrl}</code>
            <CopyButton value={inbox.webhookUrl}>
              {({ copied, copy }) => (
                <Button
                  size="xs"
                  onClick={copy}
                  leftSection={copied ? <IconCheck size={14} stroke={2} /> : <IconCopy size={14} stroke={1.8} />}
                >
                  {t(copied ? 'copied' : 'copy')}
                </Button>
              )}
            </CopyButton>
          </div>
          <p className={styles.hint}>{t('inboxes.webhookHint')}</p>
        </div>
      )}
    </>
  );
}

interface CheckResultProps {
  readonly check: { readonly data: InboxCheck | undefined; readonly error: unknown; readonly isError: boolean };
}

/** How the test of the connection went. */
export function CheckResult({ check }: CheckResultProps) {
  const { t } = useTranslation('settings');
  const words = useWords();
  if (check.isError) {
    return (
      <p className={styles.problem} role="alert">
        {words.error(check.error)}
      </p>
    );
  }
  if (!check.data) return null;
  const { ok, detail, field } = check.data;
  return (
    <p className={styles.check} data-ok={ok || undefined} role="status">
      {ok ? <IconCheck size={16} stroke={2} aria-hidden /> : <IconAlertTriangle size={16} stroke={1.8} aria-hidden />}
      <span>
        <strong>{t(ok ? 'inboxes.works' : 'inboxes.fails')}</strong> {!field && detail}
      </span>
    </p>
  );
}
