import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFilePlus, IconHeadset, IconSearchOff } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useHotline } from '../../client';
import { runCommand } from '../../commands';
import { hrefs, useGo } from '../../navigation';
import { EmptyState, ErrorState, moveRowFocus, Page, SearchField, SkeletonRows, useMayWrite } from '../../ui';
import styles from './hotline-page.module.css';
import { ClaimHit, CustomerHit, PolicyHit } from './hits';

/** The hotline's first screen: one field for whatever a caller names, the answer in the row, and a new report. */
export function HotlinePage({ onReport, isBusy }: { readonly onReport: () => void; readonly isBusy: boolean }) {
  const { t } = useTranslation('hotline');
  const go = useGo();
  const mayWrite = useMayWrite();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 120);
  const { data, error, isFetching, refetch } = useHotline(q);
  const asked = q.length >= 2;
  const empty = data && data.claims.length + data.policies.length + data.customers.length === 0;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const first = data?.claims[0];
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !first) return;
    go(first.last ? hrefs.conversation(first.last.conversationId) : hrefs.claim(first.number));
  };
  return (
    <Page
      title={t('title')}
      actions={
        <>
          <Button variant="default" onClick={() => go(hrefs.reports)}>
            {t('drafts')}
          </Button>
          {mayWrite && (
            <Button variant="filled" leftSection={<IconFilePlus size={15} stroke={1.8} />} loading={isBusy} onClick={onReport}>
              {t('newReport')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.search}>
        <SearchField label={t('search')} value={text} onChange={setText} busy={isFetching && asked} autoFocus onKeyDown={onKeyDown} />
      </div>
      {!asked && (
        <EmptyState icon={IconHeadset} title={t(q ? 'more' : 'start')}>
          {t(q ? 'moreHint' : 'startHint')}
        </EmptyState>
      )}
      {asked && error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {asked && !data && !error && <SkeletonRows count={5} height={72} />}
      {asked && empty && (
        <EmptyState icon={IconSearchOff} title={t('none', { q })}>
          {t('noneHint')}
        </EmptyState>
      )}
      {asked && data && (
        <div className={styles.hits} onKeyDown={moveRowFocus}>
          <Group
            title={t('claims')}
            items={data.claims.map((claim) => (
              <ClaimHit key={claim.number} claim={claim} q={q} />
            ))}
          />
          <Group
            title={t('policies')}
            items={data.policies.map((policy) => (
              <PolicyHit key={policy.ref} policy={policy} />
            ))}
            problem={data.policyProblem}
          />
          <Group
            title={t('customers')}
            items={data.customers.map((customer) => (
              <CustomerHit key={customer.id} customer={customer} q={q} />
            ))}
          />
        </div>
      )}
      {mayWrite && asked && empty && (
        <p className={styles.offer}>
          <Button onClick={() => void runCommand('report.begin')}>{t('newReport')}</Button>
        </p>
      )}
    </Page>
  );
}

interface GroupProps {
  readonly title: string;
  readonly items: readonly React.ReactNode[];
  readonly problem?: string | null;
}

function Group({ title, items, problem }: GroupProps) {
  const { t } = useTranslation('hotline');
  if (items.length === 0 && !problem) return null;
  return (
    <section aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      {problem && <p className={styles.problem}>{t('policyProblem')}</p>}
      <ul className={styles.rows}>{items}</ul>
    </section>
  );
}
