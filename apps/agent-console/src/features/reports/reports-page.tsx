import type { ReportItem } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconFilePlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBeginReport, useReports } from '../../client';
import { useOffer } from '../../commands';
import { useWords } from '../../locales';
import { GoLink, hrefs, useGo } from '../../navigation';
import { Chip, EmptyState, ErrorState, MoreRows, moveRowFocus, Page, SkeletonRows, TabsLine, toast, useDates, useMayWrite } from '../../ui';
import styles from './reports-page.module.css';

const STATES = ['open', 'submitted', 'reported'] as const;

/** Reports that are being written, to be gone on with; and those that went out. */
export function ReportsPage() {
  const { t } = useTranslation('reports');
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const query = useReports(state);
  const begin = useNewReport();
  const mayWrite = useMayWrite();
  return (
    <Page
      title={t('list')}
      actions={
        mayWrite && (
          <Button variant="filled" leftSection={<IconFilePlus size={15} stroke={1.8} />} loading={begin.isPending} onClick={begin.begin}>
            {t('begin')}
          </Button>
        )
      }
    >
      <div className={styles.tabs}>
        <TabsLine
          label={t('list')}
          value={state}
          onChange={setState}
          tabs={STATES.map((value) => ({ value, name: t(`state.${value}`) }))}
        />
      </div>
      {query.isPending && <SkeletonRows count={6} height={56} />}
      {query.isError && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.data?.length === 0 && (
        <EmptyState icon={IconFilePlus} title={t(`empty.${state}`)}>
          {t('empty.hint')}
        </EmptyState>
      )}
      <ul className={styles.rows} onKeyDown={moveRowFocus}>
        {query.data?.map((report) => (
          <Row key={report.id} report={report} />
        ))}
      </ul>
      <MoreRows query={query} />
    </Page>
  );
}

/** Begins a report from nothing but a call, and opens it. */
export function useNewReport() {
  const { t } = useTranslation('reports');
  const words = useWords();
  const go = useGo();
  const mayWrite = useMayWrite();
  const mutation = useBeginReport();
  const begin = () =>
    mutation.mutate(
      {},
      { onSuccess: ({ id }) => go(hrefs.report(id)), onError: (error) => void toast({ text: words.error(error), tone: 'danger' }) },
    );
  useOffer([mayWrite && { id: 'report.begin', title: t('begin'), section: t('title'), run: begin }]);
  return { begin, isPending: mutation.isPending };
}

function Row({ report }: { readonly report: ReportItem }) {
  const { t } = useTranslation('reports');
  const words = useWords();
  const dates = useDates();
  const what = [
    report.line && words.line(report.line),
    report.lossKind && t(`lossKind.${report.lossKind}`),
    report.lossDate && dates.day(report.lossDate),
  ];
  return (
    <li>
      <GoLink href={hrefs.report(report.id)} className={styles.row} data-row>
        <span className={styles.who}>{report.who || t('nobody')}</span>
        <span className={styles.what}>{what.filter(Boolean).join(' · ')}</span>
        <span className={styles.end}>
          {report.urgent && <Chip tone="danger">{t('flag.injury')}</Chip>}
          {report.state === 'open' && report.missing > 0 && <Chip tone="warn">{t('missing', { count: report.missing })}</Chip>}
          {report.claim && <Chip tone="good">{report.claim}</Chip>}
          <span className={styles.quiet}>{[words.channel(report.channel), dates.relative(report.updatedAt)].join(' · ')}</span>
        </span>
      </GoLink>
    </li>
  );
}
