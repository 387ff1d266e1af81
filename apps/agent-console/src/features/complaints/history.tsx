import type { Complaint } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { PanelSection, useDates } from '../../ui';
import styles from './complaints.module.css';

/** Everything that was done with it, by whom and when. */
export function History({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation('complaints');
  const dates = useDates();
  return (
    <PanelSection title={t('history')}>
      <ol className={styles.history}>
        {complaint.history.toReversed().map((entry, index) => (
          <li key={`${entry.at}-${index}`}>
            <span>{t(`act.${entry.act}`, { defaultValue: entry.act })}</span>
            <span className={styles.quiet}>
              {entry.actor?.name ?? t('hub')} · {dates.moment(entry.at)}
            </span>
          </li>
        ))}
      </ol>
    </PanelSection>
  );
}
