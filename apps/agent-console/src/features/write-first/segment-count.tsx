import { smsSegments } from '@claimline/messages';
import { useTranslation } from 'react-i18next';
import styles from './write-first.module.css';

/** How many parts an SMS will have; nothing for channels that do not count them. */
export function SegmentCount({ channel, text }: { readonly channel: string; readonly text: string }) {
  const { t } = useTranslation('write-first');
  if (channel !== 'twilio-sms') return null;
  const { segments, units, left } = smsSegments(text);
  return (
    <span className={styles.segments} data-many={segments > 2 || undefined} aria-live="polite">
      {t('segments', { count: segments, units, room: units + left })}
    </span>
  );
}
