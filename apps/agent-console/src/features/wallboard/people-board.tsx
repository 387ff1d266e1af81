import { useTranslation } from 'react-i18next';
import { usePeople } from '../../client';
import { useWords } from '../../locales';
import { Avatar, ErrorState, PanelSection, SkeletonRows, useDates } from '../../ui';
import { peopleInOrder } from './figures';
import styles from './wallboard.module.css';

/** Who is here and how full, in the units of the router. */
export function PeopleBoard() {
  const { t } = useTranslation('wallboard');
  const words = useWords();
  const dates = useDates();
  const { data, error, refetch } = usePeople();
  const people = peopleInOrder((data?.items ?? []).filter((one) => one.capacity > 0));
  const here = people.filter((one) => one.presence === 'online').length;
  return (
    <PanelSection title={t('people.title')} aside={data && t('people.here', { count: here, all: people.length })}>
      {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={4} height={40} />}
      <ul className={styles.rows}>
        {people.map((one) => (
          <li key={one.id} className={styles.person}>
            <Avatar name={one.name} size={26} presence={one.presence} />
            <span className={styles.link}>
              <span className={styles.strong}>{one.name}</span>
              <span className={styles.quiet}>
                {one.absentUntil ? t('people.absent', { when: dates.day(one.absentUntil) }) : words.of('presence', one.presence)}
              </span>
            </span>
            <span className={styles.load}>
              <meter
                className={styles.meter}
                min={0}
                max={one.capacity}
                value={one.used}
                high={one.capacity * 0.9}
                aria-label={t('people.load', { used: one.used, capacity: one.capacity })}
              />
              <span className={styles.units}>{`${one.used}/${one.capacity}`}</span>
            </span>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
