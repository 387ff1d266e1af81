import { IconClockHour9 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useScheduled } from '../../client';
import { EmptyState, ErrorState, MoreRows, Page, ScheduledRow, SkeletonRows, TabsLine } from '../../ui';
import styles from './scheduled-page.module.css';

const VIEWS = ['mine', 'all'] as const;

/** Everything that leaves later, nearest first; what is held and waits for a word stands on top. */
export function ScheduledPage() {
  const { t } = useTranslation('scheduled');
  const role = useMe().data?.role ?? '';
  const [view, setView] = useState<(typeof VIEWS)[number]>('mine');
  const query = useScheduled(view);
  const sends = [...(query.data ?? [])].sort((a, b) => Number(b.state === 'held') - Number(a.state === 'held'));
  const tabs = ['supervisor', 'administrator', 'auditor'].includes(role) && (
    <TabsLine label={t('view.label')} value={view} onChange={setView} tabs={VIEWS.map((value) => ({ value, name: t(`view.${value}`) }))} />
  );
  return (
    <Page title={t('title')} actions={tabs}>
      <div className={styles.column}>
        {query.isPending && <SkeletonRows count={4} height={56} />}
        {query.isError && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {query.data?.length === 0 && (
          <EmptyState icon={IconClockHour9} title={t('empty.title')}>
            {t('empty.hint')}
          </EmptyState>
        )}
        <ul className={styles.list}>
          {sends.map((send) => (
            <ScheduledRow key={send.id} send={send} full />
          ))}
        </ul>
        <MoreRows query={query} />
      </div>
    </Page>
  );
}
