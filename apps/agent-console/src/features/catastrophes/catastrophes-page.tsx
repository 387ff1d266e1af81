import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCloudStorm } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCatastrophes } from '../../client';
import { hrefs, useGo } from '../../navigation';
import { EmptyState, ErrorState, Page, SkeletonRows, useMaySupervise } from '../../ui';
import { CatastropheCard } from './catastrophe-card';
import styles from './catastrophes.module.css';
import { EnterDialog } from './enter-dialog';
import { SurgeCard } from './surge-card';

/** Storms and what stands at them: who is hurt, who waits, who reports twice, who has been told; and the acknowledgement for such days. */
export function CatastrophesPage() {
  const { t } = useTranslation('catastrophes');
  const go = useGo();
  const mayChange = useMaySupervise();
  const query = useCatastrophes();
  const [entering, { open, close }] = useDisclosure(false);
  const actions = mayChange && (
    <>
      <Button onClick={() => go(hrefs.broadcasts)}>{t('broadcasts')}</Button>
      <Button variant="filled" onClick={open}>
        {t('enter')}
      </Button>
    </>
  );
  return (
    <Page title={t('title')} actions={actions}>
      <div className={styles.column}>
        {query.isPending && <SkeletonRows count={3} height={140} />}
        {query.isError && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {query.data && <SurgeCard {...query.data} />}
        {query.data?.items.length === 0 && (
          <EmptyState icon={IconCloudStorm} title={t('empty')}>
            {t('emptyText')}
          </EmptyState>
        )}
        {query.data?.items.map((event) => (
          <CatastropheCard key={event.id} event={event} />
        ))}
      </div>
      {entering && <EnterDialog onClose={close} />}
    </Page>
  );
}
