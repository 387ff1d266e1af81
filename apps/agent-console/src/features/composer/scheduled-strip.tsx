import { useTranslation } from 'react-i18next';
import { useScheduledOf } from '../../client';
import { ScheduledRow } from '../../ui';
import styles from './composer.module.css';

/** What leaves later in this conversation, between the thread and what is being written. */
export function ScheduledStrip({ conversationId }: { readonly conversationId: string }) {
  const { t } = useTranslation('scheduled');
  const sends = useScheduledOf(conversationId).data?.items ?? [];
  if (sends.length === 0) return null;
  return (
    <section className={styles.later} aria-label={t('title')}>
      <ul>
        {sends.map((send) => (
          <ScheduledRow key={send.id} send={send} />
        ))}
      </ul>
    </section>
  );
}
