import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAbsences, useCancelAbsence, useMe } from '../../client';
import { useWords } from '../../locales';
import { ErrorState, SkeletonRows, toast, useDates, useMaySupervise } from '../../ui';
import { lastDay } from './absence-dates';
import styles from './absence-dialog.module.css';

/** Absences that run or are to come: mine, for supervisors everybody's. */
export function AbsenceList() {
  const { t } = useTranslation('presence');
  const words = useWords();
  const dates = useDates();
  const me = useMe().data;
  const maySupervise = useMaySupervise();
  const query = useAbsences();
  const cancel = useCancelAbsence();
  const shown = query.data?.items.filter((one) => maySupervise || one.account === me?.id);
  const take = (id: string) =>
    cancel.mutate(id, {
      onSuccess: () => toast({ text: t('absence.canceled') }),
      onError: (error) => toast({ text: words.error(error), tone: 'danger' }),
    });
  if (query.isError && !shown) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!shown) return <SkeletonRows count={2} height={48} />;
  return (
    <section className={styles.planned} aria-label={t('absence.planned')}>
      <h3 className={styles.heading}>{t('absence.planned')}</h3>
      {shown.length === 0 && <p className={styles.none}>{t('absence.none')}</p>}
      <ul className={styles.list}>
        {shown.map((one) => (
          <li key={one.id} className={styles.absence}>
            <div className={styles.body}>
              <p>
                <strong>{one.name}</strong> {dates.day(one.starts)} – {dates.day(lastDay(one.ends).toISOString())}
              </p>
              <p className={styles.quiet}>
                {one.delegate ? t('absence.to', { name: one.delegate.name }) : t('absence.router')} · {t(`returns.${one.returns}`)}
              </p>
            </div>
            <Tooltip label={t('absence.cancel')}>
              <ActionIcon
                aria-label={t('absence.cancelOf', { name: one.name })}
                loading={cancel.isPending && cancel.variables === one.id}
                onClick={() => take(one.id)}
              >
                <IconTrash size={16} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
    </section>
  );
}
