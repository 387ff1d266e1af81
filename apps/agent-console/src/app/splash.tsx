import { useTranslation } from 'react-i18next';
import styles from './splash.module.css';

/** While it is not known yet who is here. Appears late, so that a quick answer shows no flicker. */
export function Splash() {
  const { t } = useTranslation();
  return (
    <div className={styles.splash} role="status" aria-label={t('loading')}>
      <img src="/icon.svg" alt="" width={40} height={40} />
    </div>
  );
}
