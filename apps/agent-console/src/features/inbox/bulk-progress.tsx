import type { BulkRun } from '@claimline/protocol';
import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hubNow } from '../../client';
import { dayAndTime } from '../../ui';
import styles from './bulk-bar.module.css';

/** How far a bulk run is, when its last message leaves, and how to stop it. */
export function BulkProgress({ run, onStop }: { readonly run: BulkRun; readonly onStop: () => void }) {
  const { t, i18n } = useTranslation('bulk');
  const done = run.total - run.counts.waiting;
  const last = run.senders.map(({ lastAt }) => Date.parse(lastAt)).sort((a, b) => b - a)[0];
  return (
    <div className={styles.bar} role="region" aria-label={t('running')}>
      <div className={styles.line}>
        <span className={styles.count}>{t('progress', { done, total: run.total })}</span>
        <Button onClick={onStop}>{t('stop')}</Button>
      </div>
      <Progress value={(done / Math.max(run.total, 1)) * 100} aria-label={t('running')} />
      {last !== undefined && (
        <ul className={styles.facts}>
          <li>{t('lastAt', { at: dayAndTime(last, hubNow(), i18n.language) })}</li>
        </ul>
      )}
    </div>
  );
}
