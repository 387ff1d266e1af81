import { useTranslation } from 'react-i18next';
import { useDocumentRounds } from '../../../client';
import { GoLink, hrefs } from '../../../navigation';
import { ErrorState, SkeletonRows } from '../../../ui';
import { SectionHead } from '../section-head';
import styles from './documents.module.css';

/** Claims whose customers were asked in more than one round: the burden that a shorter or clearer list takes away. */
export function RoundsReport() {
  const { t } = useTranslation('documents');
  const { data, error, refetch } = useDocumentRounds();
  return (
    <section className={styles.report}>
      <SectionHead title={t('report.title')} hint={t('report.about')} />
      {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {!error && !data && <SkeletonRows count={2} />}
      {data?.items.length === 0 && <p className={styles.none}>{t('report.none')}</p>}
      {data && data.items.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              {(['claim', 'handler', 'rounds', 'asked', 'missing', 'days'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`report.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.items.map((row) => (
              <tr key={row.claim}>
                <td>
                  <GoLink href={hrefs.claim(row.claim)}>{row.claim}</GoLink>
                </td>
                <td>{row.handler ?? '–'}</td>
                <td>{row.rounds}</td>
                <td>{row.asked}</td>
                <td>{row.missing}</td>
                <td>{row.daysOutstanding}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
