import { COMPLAINT_STEPS, type Complaint } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { useDates } from '../../ui';
import styles from './complaints.module.css';

/** The six steps and the end, with the day on which each was reached. */
export function StepsLine({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation('complaints');
  const words = useWords();
  const dates = useDates();
  const at = COMPLAINT_STEPS.findIndex((step) => step === complaint.state);
  const reached = (step: string) => complaint.history.findLast(({ to, from }) => to === step && from !== step)?.at;
  const stateOf = (place: number) => (place < at || complaint.state === 'closed' ? 'done' : place === at ? 'current' : 'ahead');
  return (
    <ol className={styles.line} aria-label={t('steps')}>
      {COMPLAINT_STEPS.map((step, place) => (
        <li key={step} className={styles.lineStep} data-state={stateOf(place)} aria-current={place === at ? 'step' : undefined}>
          <span className={styles.bar} />
          <span className={styles.lineName}>{words.of('complaintState', step)}</span>
          <span className={styles.quiet}>{place <= at && reached(step) ? dates.day(reached(step)!) : ''}</span>
        </li>
      ))}
    </ol>
  );
}
