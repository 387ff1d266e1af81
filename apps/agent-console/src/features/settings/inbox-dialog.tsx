import type { Inbox } from '@claimline/protocol';
import { Modal, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannelKinds } from '../../client';
import { ChannelIcon, ErrorState, SkeletonRows } from '../../ui';
import { InboxForm } from './inbox-form';
import styles from './settings-page.module.css';

interface InboxDialogProps {
  readonly opened: boolean;
  /** The one to change; null for a new one. */
  readonly inbox: Inbox | null;
  /** It was connected a moment ago: its line is tried at once. */
  readonly isNew: boolean;
  readonly onCreated: (id: string) => void;
  readonly onClose: () => void;
}

/** A new inbox (which kind, then its form), or the settings of one. */
export function InboxDialog({ opened, inbox, isNew, onCreated, onClose }: InboxDialogProps) {
  const { t } = useTranslation('settings');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={inbox ? inbox.name : t('inboxes.add')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {opened && <Content key={inbox?.id ?? 'new'} inbox={inbox} isNew={isNew} onCreated={onCreated} />}
    </Modal>
  );
}

function Content({ inbox, isNew, onCreated }: Pick<InboxDialogProps, 'inbox' | 'isNew' | 'onCreated'>) {
  const { t } = useTranslation('settings');
  const { data, error, refetch } = useChannelKinds();
  const [chosen, setChosen] = useState<string | null>(inbox?.kind ?? null);
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonRows count={3} height={48} />;
  const kind = data.items.find((one) => one.kind === chosen);
  if (kind) return <InboxForm kind={kind} inbox={inbox} isNew={isNew} onCreated={onCreated} onBack={() => setChosen(null)} />;
  return (
    <ul className={styles.kinds} aria-label={t('inboxes.which')}>
      {data.items.map((one) => (
        <li key={one.kind}>
          <UnstyledButton className={styles.kind} onClick={() => setChosen(one.kind)}>
            <ChannelIcon kind={one.kind} size={20} silent />
            {one.title}
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
