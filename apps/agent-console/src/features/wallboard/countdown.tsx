import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { fullMoment } from '../../ui';
import { clockOf } from './clock-of';
import styles from './team.module.css';

const HOUR = 3_600_000;

/** How long there still is, second by second in the last hour; what is over counts up, with a minus. */
export function Countdown({ at, now, kind }: { readonly at: number; readonly now: number; readonly kind: string }) {
  const { t, i18n } = useTranslation('team');
  const words = useWords();
  const left = at - now;
  const how = left <= 0 ? 'over' : left <= HOUR ? 'soon' : 'later';
  return (
    <span className={styles.countdown} data-urgency={how} title={`${words.due(kind)} · ${fullMoment(at, i18n.language)}`}>
      <span className="unseen">{how === 'over' ? t('next.over') : t('next.left')} </span>
      {left <= 0 ? '−' : ''}
      {clockOf(left)}
    </span>
  );
}
