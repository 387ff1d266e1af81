import type { NeedsLookItem, ReplayAnswer } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconEyeCheck, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNeedsLook, useSettleNeedsLook } from '../../client';
import { useWords } from '../../locales';
import { ChannelIcon, Chip, EmptyState, ErrorState, MoreRows, Page, SkeletonRows, toast, useDates, useMayWrite } from '../../ui';
import styles from './needs-look-page.module.css';

/** What came in and could not be read or placed. Kept whole; a person tries again or puts it away. */
export function NeedsLookPage() {
  const { t } = useTranslation('needs-look');
  const query = useNeedsLook();
  return (
    <Page title={t('title')}>
      <div className={styles.column}>
        <p className={styles.lead}>{t('lead')}</p>
        {query.isPending && <SkeletonRows count={4} height={120} />}
        {query.isError && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {query.data?.length === 0 && (
          <EmptyState icon={IconEyeCheck} title={t('empty.title')}>
            {t('empty.hint')}
          </EmptyState>
        )}
        <ul className={styles.list}>
          {query.data?.map((item) => (
            <Item key={item.id} item={item} />
          ))}
        </ul>
        <MoreRows query={query} />
      </div>
    </Page>
  );
}

function Item({ item }: { readonly item: NeedsLookItem }) {
  const { t } = useTranslation('needs-look');
  const words = useWords();
  const dates = useDates();
  const [outcome, setOutcome] = useState<ReplayAnswer | null>(null);
  const [whole, setWhole] = useState(false);
  const settle = useSettleNeedsLook();
  const mayWrite = useMayWrite();
  const settled = outcome?.outcome === 'replayed' || outcome?.outcome === 'dismissed' || item.state !== 'open';
  // The row leaves the list as soon as the hub tells that it is settled: what became of it is said in a toast, too.
  const tell = (answer: ReplayAnswer) => {
    setOutcome(answer);
    if (answer.outcome !== 'still-failing') toast({ text: t(`outcome.${answer.outcome}`) });
  };
  const act = (how: 'replay' | 'dismiss') => void settle.mutateAsync({ id: item.id, how }).then(tell, () => undefined);
  const busy = (how: string): boolean => settle.isPending && settle.variables.how === how;
  const long = item.excerpt.length > 240 || item.excerpt.split('\n').length > 4;
  return (
    <li className={styles.item} data-settled={settled || undefined}>
      <div className={styles.head}>
        {item.inbox && <ChannelIcon kind={item.inbox.kind} size={16} />}
        <h2 className={styles.reason}>{t(`reason.${item.reason}`, { defaultValue: words.of('needsLook', item.reason) })}</h2>
        <span className={styles.quiet}>{item.inbox ? item.inbox.name : t('noInbox')}</span>
        <time className={styles.when} dateTime={item.receivedAt}>
          {dates.moment(item.receivedAt)}
        </time>
      </div>
      <p className={styles.detail}>{item.detail}</p>
      <pre className={styles.excerpt} data-whole={whole || undefined} tabIndex={0} aria-label={t('excerpt')}>
        {item.excerpt}
      </pre>
      {long && (
        <button type="button" className={styles.fold} aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {t(whole ? 'less' : 'whole')}
        </button>
      )}
      <div className={styles.foot}>
        {!settled && mayWrite && (
          <>
            <Button
              leftSection={<IconRefresh size={14} stroke={1.8} />}
              loading={busy('replay')}
              disabled={settle.isPending}
              onClick={() => act('replay')}
            >
              {t('replay')}
            </Button>
            <Button variant="subtle" color="gray" loading={busy('dismiss')} disabled={settle.isPending} onClick={() => act('dismiss')}>
              {t('dismiss')}
            </Button>
          </>
        )}
        <span role="status" className={styles.outcome}>
          {outcome && <Chip tone={OUTCOME_TONE[outcome.outcome]}>{t(`outcome.${outcome.outcome}`)}</Chip>}
          {outcome?.detail && <span className={styles.quiet}>{outcome.detail}</span>}
          {settle.isError && <span className={styles.problem}>{words.error(settle.error)}</span>}
        </span>
      </div>
    </li>
  );
}

const OUTCOME_TONE = { replayed: 'good', 'still-failing': 'danger', dismissed: 'plain' } as const;
