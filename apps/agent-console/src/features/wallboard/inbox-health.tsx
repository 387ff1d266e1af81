import type { Inbox } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { useInboxes } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { ChannelIcon, Chip, ErrorState, inboxTrouble, PanelSection, SkeletonRows, useDates } from '../../ui';
import styles from './wallboard.module.css';

/** Whether every line is alive, and when it was last heard from. */
export function InboxHealth() {
  const { t } = useTranslation('wallboard');
  const { data, error, refetch } = useInboxes();
  return (
    <PanelSection title={t('inboxes.title')}>
      {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={3} height={40} />}
      {data?.items.length === 0 && <p className={styles.good}>{t('inboxes.none')}</p>}
      <ul className={styles.rows}>
        {data?.items.map((inbox) => (
          <Line key={inbox.id} inbox={inbox} />
        ))}
      </ul>
    </PanelSection>
  );
}

function Line({ inbox }: { readonly inbox: Inbox }) {
  const { t } = useTranslation('wallboard');
  const words = useWords();
  const dates = useDates();
  const trouble = inboxTrouble(inbox, { stopped: t('inboxes.stopped'), reason: words.reason });
  const heard = inbox.lastInboundAt ? t('inboxes.heard', { when: dates.relative(inbox.lastInboundAt) }) : t('inboxes.never');
  return (
    <li className={styles.person}>
      <ChannelIcon kind={inbox.kind} size={16} />
      <GoLink href={hrefs.settings('inboxes')} className={styles.link}>
        <span className={styles.strong}>{inbox.name}</span>
        <span className={styles.quiet}>{trouble ?? heard}</span>
      </GoLink>
      <Chip tone={trouble ? 'danger' : 'good'}>{t(trouble ? 'inboxes.stopped' : 'inboxes.active')}</Chip>
    </li>
  );
}
