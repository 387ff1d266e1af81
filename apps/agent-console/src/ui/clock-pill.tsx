import { IconAlertTriangle, IconClockHour4 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../locales';
import styles from './clock-pill.module.css';
import { dayAndTime, fullMoment, span, urgency } from './moments';
import { useNow } from './use-now';

/** A deadline: how long it still is, or for how long it is over. Colour only where somebody has to hurry. */
export function ClockPill({ at, kind, breached = false }: { readonly at: string; readonly kind: string; readonly breached?: boolean }) {
  const { t, i18n } = useTranslation();
  const words = useWords();
  const now = useNow(15_000);
  const due = Date.parse(at);
  const how = breached ? 'over' : urgency(due, now);
  const left = span(due - now, i18n.language);
  const text =
    how === 'over' ? t('clock.over', { left }) : how === 'later' ? dayAndTime(due, now, i18n.language) : t('clock.left', { left });
  const Icon = how === 'over' ? IconAlertTriangle : IconClockHour4;
  return (
    <span className={styles.pill} data-urgency={how} title={`${words.due(kind)} · ${fullMoment(due, i18n.language)}`}>
      <Icon size={12} stroke={2} aria-hidden="true" />
      <span className="unseen">{words.due(kind)}: </span>
      {text}
    </span>
  );
}
