import { IconCloudOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection, useWaitingCount } from '../client';
import styles from './connection-banner.module.css';

// A blink of the network is healed before anybody could read about it.
const PATIENCE = 1_500;

/** Says that the screen does not follow the hub, and what is waiting. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const connection = useConnection();
  const waiting = useWaitingCount();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (connection !== 'away') {
      setShown(false);
      return undefined;
    }
    const timer = setTimeout(() => setShown(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [connection]);
  return (
    <div role="status" aria-live="polite">
      {shown && (
        <div className={styles.banner}>
          <IconCloudOff size={16} stroke={1.8} aria-hidden="true" />
          <span>{t('connection.away')}</span>
          {waiting > 0 && <strong>{t('connection.waiting', { count: waiting })}</strong>}
        </div>
      )}
    </div>
  );
}
