import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { PanelSection, span, useNow } from '../../ui';
import type { Waiting } from './figures';
import styles from './wallboard.module.css';

interface QueuesProps {
  readonly queues: readonly (readonly [string | null, Waiting])[];
  /** Whether more waits than was read. */
  readonly more: boolean;
}

/** What belongs to nobody yet, by line of business, and how long the first of each has been waiting. */
export function Queues({ queues, more }: QueuesProps) {
  const { t, i18n } = useTranslation('wallboard');
  const words = useWords();
  const now = useNow();
  return (
    <PanelSection title={t('queues.title')} aside={more ? t('queues.more') : undefined}>
      {queues.length === 0 && <p className={styles.good}>{t('queues.none')}</p>}
      {queues.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('queues.line')}</th>
              <th scope="col">{t('queues.waiting')}</th>
              <th scope="col">{t('queues.longest')}</th>
            </tr>
          </thead>
          <tbody>
            {queues.map(([line, { count, longest }]) => (
              <tr key={line ?? ''}>
                <th scope="row">{line ? words.line(line) : t('queues.noClaim')}</th>
                <td>{count}</td>
                <td>
                  {longest ? (
                    <GoLink href={hrefs.conversation(longest.id, 'unassigned')}>
                      {span(now - Date.parse(longest.lastMessageAt), i18n.language)}
                    </GoLink>
                  ) : (
                    '–'
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </PanelSection>
  );
}
