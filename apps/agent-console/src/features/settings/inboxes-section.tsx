import type { Inbox } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconInbox, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInboxes } from '../../client';
import { useWords } from '../../locales';
import { ChannelIcon, Chip, EmptyState, ErrorState, inboxTrouble, SkeletonRows, useDates, useMayConfigure } from '../../ui';
import { InboxDialog } from './inbox-dialog';
import { SectionHead } from './section-head';
import styles from './settings-page.module.css';

/** The lines to the outside world: their state, their webhook address, their settings. */
export function InboxesSection() {
  const { t } = useTranslation('settings');
  const { data, error, refetch } = useInboxes();
  const mayConfigure = useMayConfigure();
  const [open, setOpen] = useState<string | 'new' | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const add = mayConfigure && (
    <Button variant="filled" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setOpen('new')}>
      {t('inboxes.add')}
    </Button>
  );
  return (
    <section>
      <SectionHead title={t('inboxes.title')} hint={t('inboxes.hint')} actions={add} />
      {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={4} height={64} />}
      {data?.items.length === 0 && (
        <EmptyState icon={IconInbox} title={t('inboxes.none')}>
          {t('inboxes.noneHint')}
        </EmptyState>
      )}
      <ul className={styles.list}>
        {data?.items.map((inbox) => (
          <InboxRow key={inbox.id} inbox={inbox} onOpen={() => setOpen(inbox.id)} />
        ))}
      </ul>
      <InboxDialog
        opened={open !== null}
        inbox={data?.items.find((one) => one.id === open) ?? null}
        isNew={made !== null && made === open}
        onCreated={(id) => {
          setMade(id);
          setOpen(id);
        }}
        onClose={() => setOpen(null)}
      />
    </section>
  );
}

function InboxRow({ inbox, onOpen }: { readonly inbox: Inbox; readonly onOpen: () => void }) {
  const { t } = useTranslation('settings');
  const dates = useDates();
  const words = useWords();
  const trouble = inboxTrouble(inbox, { stopped: t('inboxes.stopped'), reason: words.reason });
  return (
    <li>
      <button type="button" className={styles.row} data-press onClick={onOpen}>
        <span className={styles.channel}>
          <ChannelIcon kind={inbox.kind} size={18} />
        </span>
        <span className={styles.grow}>
          <span className={styles.name}>
            {inbox.name} <span className={styles.quiet}>{inbox.address}</span>
          </span>
          <span className={trouble ? styles.problem : styles.quiet}>
            {trouble ?? (inbox.lastInboundAt ? t('inboxes.heard', { when: dates.relative(inbox.lastInboundAt) }) : t('inboxes.never'))}
          </span>
        </span>
        <Chip tone={trouble ? 'danger' : 'good'}>{t(trouble ? 'inboxes.stopped' : 'inboxes.active')}</Chip>
      </button>
    </li>
  );
}
