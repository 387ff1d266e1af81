import { useTranslation } from 'react-i18next';
import { useInboxes } from '../../client';
import { GoLink, hrefs } from '../../navigation';
import { ChannelIcon, Chip, ErrorState, PanelSection, SkeletonRows, useDates } from '../../ui';
import styles from './wallboard.module.css';

/** Whether every line is alive, and when it was last heard from. */
export function InboxHealth() {
  const { t } = useTranslation('wallboard');
  const dates = useDates();
  const { data, error, refetch } = useInboxes();
  return (
    <PanelSection title={t('inboxes.title')}>
      {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={3} height={40} />}
      {data?.items.length === 0 && <p className={styles.good}>{t('inboxes.none')}</p>}
      <ul className={styles.rows}>
        {data?.items.map((inbox) => (
          <li key={inbox.id} className={styles.person}>
            <ChannelIcon kind={inbox.kind} size={16} />
            <GoLink href={hrefs.settings('inboxes')} className={styles.link}>
              <span className={styles.strong}>{inbox.name}</span>
              <span className={styles.quiet}>
                {inbox.state === 'stopped' && inbox.stoppedReason
                  ? inbox.stoppedReason
                  : inbox.lastInboundAt
                    ? t('inboxes.heard', { when: dates.relative(inbox.lastInboundAt) })
                    : t('inboxes.never')}
              </span>
            </GoLink>
            <Chip tone={inbox.state === 'active' ? 'good' : 'danger'}>{t(`inboxes.${inbox.state}`)}</Chip>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
