import type { PreviewAbsence } from '@claimline/protocol';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAbsencePreview } from '../client';
import styles from './absence-preview.module.css';
import { useDates } from './dates';
import { ErrorState } from './empty-state';
import { OwnedWork } from './owned-work';
import { SkeletonRows } from './skeleton-rows';

/** What an absence would move, and to whom, before anything moves. */
export function AbsencePreview({ wish }: { readonly wish: PreviewAbsence | null }) {
  const { t } = useTranslation('team');
  const dates = useDates();
  const { data, error, refetch, isFetching } = useAbsencePreview(wish);
  if (!wish) return null;
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonRows count={3} height={36} />;
  const when = Date.parse(data.movesAt) - Date.now() > 60_000 ? t('preview.later', { when: dates.moment(data.movesAt) }) : t('preview.now');
  return (
    <section aria-label={t('preview.title')} aria-busy={isFetching}>
      <h3 className={styles.heading}>
        {when} <IconArrowRight size={14} stroke={2} aria-hidden="true" /> <strong>{data.goesTo?.name ?? t('preview.router')}</strong>
      </h3>
      {data.why && data.why !== 'nobody' && <p className={styles.why}>{t(`preview.${data.why}`)}</p>}
      <OwnedWork work={data} />
    </section>
  );
}
