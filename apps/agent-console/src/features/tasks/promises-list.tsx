import { useTranslation } from 'react-i18next';
import { usePromises } from '../../client';
import { PromiseRow } from '../../ui';
import styles from './tasks-page.module.css';

interface PromisesListProps {
  readonly view: 'today' | 'broken';
  readonly whose: 'mine' | 'all';
}

/** What was promised and is due today, or was not kept; nothing where there is nothing. */
export function PromisesList({ view, whose }: PromisesListProps) {
  const { t } = useTranslation('aftercare');
  const { data = [] } = usePromises({ view, whose });
  if (data.length === 0) return null;
  const title = t(view === 'today' ? 'promise.today' : 'promise.brokenTitle');
  return (
    <section className={styles.group} aria-label={title}>
      <h2 className={styles.heading}>
        {title} <span>{data.length}</span>
      </h2>
      <ul className={styles.list}>
        {data.map((promise) => (
          <PromiseRow key={promise.id} promise={promise} full />
        ))}
      </ul>
    </section>
  );
}
