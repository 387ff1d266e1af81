import type { OwnedItem, WorkOf } from '@claimline/protocol';
import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../locales';
import { GoLink, hrefs } from '../navigation';
import { useDates } from './dates';
import styles from './owned-work.module.css';

const KINDS = ['open', 'snoozed', 'scheduled', 'tasks', 'promises'] as const;

/** Everything that somebody has, one line per kind; each line opens, each thing in it can be gone to. */
export function OwnedWork({ work }: { readonly work: WorkOf }) {
  const { t } = useTranslation('team');
  const some = KINDS.filter((kind) => work[kind].count > 0);
  if (some.length === 0) return <p className={styles.none}>{t('work.none')}</p>;
  return (
    <div className={styles.kinds}>
      {some.map((kind) => (
        <details key={kind} className={styles.kind}>
          <summary className={styles.summary}>
            <IconChevronRight size={14} stroke={2} aria-hidden="true" className={styles.arrow} />
            <strong>{work[kind].count}</strong> {t(`work.${kind}`, { count: work[kind].count })}
            {kind === 'promises' && work.promises.today > 0 && (
              <span className={styles.today}>{t('work.today', { count: work.promises.today })}</span>
            )}
          </summary>
          <ul className={styles.list}>
            {work[kind].items.map((item) => (
              <li key={item.id}>
                <Thing item={item} kind={kind} />
              </li>
            ))}
            {work[kind].count > work[kind].items.length && (
              <li className={styles.quiet}>{t('work.more', { count: work[kind].count - work[kind].items.length })}</li>
            )}
          </ul>
        </details>
      ))}
    </div>
  );
}

function Thing({ item, kind }: { readonly item: OwnedItem; readonly kind: (typeof KINDS)[number] }) {
  const words = useWords();
  const dates = useDates();
  const about = kind === 'tasks' && item.kind ? words.task(item.kind) : kind === 'promises' && item.kind ? words.stage(item.kind) : null;
  const parts = [
    about,
    item.claim === item.title ? null : item.claim,
    item.at && (kind === 'promises' ? dates.day(item.at) : dates.moment(item.at)),
  ];
  return (
    <GoLink href={hrefOf(item)} className={styles.thing}>
      <span>{item.title}</span>
      <span className={styles.quiet}>{parts.filter(Boolean).join(' · ')}</span>
    </GoLink>
  );
}

function hrefOf({ conversationId, claim }: OwnedItem): string {
  if (conversationId) return hrefs.conversation(conversationId, 'all');
  return claim ? hrefs.claim(claim) : hrefs.tasks;
}
