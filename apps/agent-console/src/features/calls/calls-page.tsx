import { IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTasks } from '../../client';
import { EmptyState, ErrorState, MoreRows, Page, SkeletonRows, TabsLine, TaskRow } from '../../ui';
import styles from './calls-page.module.css';

const VIEWS = ['mine', 'unowned', 'all'] as const;

/** Whom to call: missed calls, voicemails and promised callbacks, the most urgent first. Each leads to its conversation. */
export function CallsPage() {
  const { t } = useTranslation('calls');
  const [view, setView] = useState<(typeof VIEWS)[number]>('mine');
  const query = useTasks(view);
  const calls = query.data?.filter((task) => task.kind === 'callback');
  const tabs = VIEWS.map((value) => ({ value, name: t(`view.${value}`) }));
  return (
    <Page title={t('title')} actions={<TabsLine label={t('whose')} value={view} onChange={setView} tabs={tabs} />}>
      <div className={styles.column}>
        {query.isPending && <SkeletonRows count={6} height={64} />}
        {query.isError && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {calls?.length === 0 && !query.hasNextPage && (
          <EmptyState icon={IconPhone} title={t('empty')}>
            {t('emptyText')}
          </EmptyState>
        )}
        {calls && calls.length > 0 && (
          <ul className={styles.list}>
            {calls.map((task) => (
              <TaskRow key={task.id} task={task} full owned={view === 'all'} />
            ))}
          </ul>
        )}
        <MoreRows query={query} />
      </div>
    </Page>
  );
}
