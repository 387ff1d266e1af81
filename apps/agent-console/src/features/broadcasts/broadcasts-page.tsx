import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLock, IconSpeakerphone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBroadcasts, useMe } from '../../client';
import { EmptyState, ErrorState, Page, SkeletonRows, useMaySupervise } from '../../ui';
import { BroadcastCard } from './broadcast-card';
import styles from './broadcasts.module.css';
import { WriteDialog } from './write-dialog';

const READERS = ['supervisor', 'administrator', 'auditor'];

function BroadcastList() {
  const { t } = useTranslation('broadcasts');
  const query = useBroadcasts();
  return (
    <div className={styles.column}>
      {query.isPending && <SkeletonRows count={3} height={140} />}
      {query.isError && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.data?.items.length === 0 && (
        <EmptyState icon={IconSpeakerphone} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      )}
      {query.data?.items.map((one) => (
        <BroadcastCard key={one.id} broadcast={one} />
      ))}
    </div>
  );
}

/** The same words to many: written by one, approved by another, followed to the last recipient. */
export function BroadcastsPage() {
  const { t } = useTranslation('broadcasts');
  const role = useMe().data?.role ?? '';
  const mayWrite = useMaySupervise();
  const [writing, { open, close }] = useDisclosure(false);
  const actions = mayWrite && (
    <Button variant="filled" onClick={open}>
      {t('write')}
    </Button>
  );
  return (
    <Page title={t('title')} actions={actions}>
      {READERS.includes(role) ? (
        <BroadcastList />
      ) : (
        <EmptyState icon={IconLock} title={t('notAllowed')}>
          {t('notAllowedText')}
        </EmptyState>
      )}
      {writing && <WriteDialog onClose={close} />}
    </Page>
  );
}
