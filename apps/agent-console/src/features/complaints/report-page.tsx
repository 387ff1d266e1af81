import type { ComplaintReport } from '@claimline/protocol';
import { Button, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, useComplaintReport } from '../../client';
import { useWords } from '../../locales';
import { ErrorState, Page, PanelSection, SkeletonRows } from '../../ui';
import { CorrectiveActions } from './corrective-actions';
import { useHandlingWords } from './handling-words';
import styles from './complaints.module.css';

/** A month of complaints: how many, about what, why, and what is done about it. */
export function ComplaintReportPage() {
  const { t } = useTranslation('complaints');
  const [month, setMonth] = useState(new Date(hubNow()).toISOString().slice(0, 7));
  const { data, error, refetch } = useComplaintReport(month);
  const actions = (
    <>
      <TextInput
        aria-label={t('report.month')}
        type="month"
        value={month}
        onChange={(event) => event.currentTarget.value && setMonth(event.currentTarget.value)}
      />
      <Button
        component="a"
        variant="default"
        leftSection={<IconDownload size={14} stroke={1.8} />}
        href={`/api/complaints/report.csv?month=${month}`}
        download={`complaints-${month}.csv`}
      >
        {t('report.csv')}
      </Button>
    </>
  );
  return (
    <Page title={t('report.title')} actions={actions}>
      <div className={styles.column}>
        {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
        {!data && !error && <SkeletonRows count={5} height={72} />}
        {data && <Figures report={data} />}
        {data && <Breakdowns report={data} />}
        {data && <CorrectiveActions report={data} />}
      </div>
    </Page>
  );
}

function Figures({ report }: { readonly report: ComplaintReport }) {
  const { t, i18n } = useTranslation('complaints');
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  const share = (value: number | null) => (value === null ? '–' : percent.format(value));
  const { mean, answers } = report.satisfaction;
  const figures = [
    [t('report.total'), String(report.total), t('report.withRegulator', { count: report.withRegulator })],
    [t('report.rate'), share(report.rate), t('report.ofClaims', { count: report.claimsHandled })],
    [t('report.repeat'), share(report.repeatRate), t('report.repeatHint')],
    [t('report.reopen'), share(report.reopenRate), t('report.reopenHint')],
    [t('report.satisfaction'), mean === null ? '–' : mean.toFixed(1), t('report.answers', { count: answers })],
  ] as const;
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value, hint]) => (
        <div key={name} className={styles.figure}>
          <dt>{name}</dt>
          <dd>
            <strong>{value}</strong>
            <span className={styles.quiet}>{hint}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Breakdowns({ report }: { readonly report: ComplaintReport }) {
  const { t } = useTranslation('complaints');
  const words = useWords();
  const handling = useHandlingWords();
  const parts = [
    ['category', report.byCategory, handling.category],
    ['rootCause', report.byRootCause, handling.cause],
    ['line', report.byLine, words.line],
    ['channel', report.byChannel, words.channel],
    ['handler', report.byHandler, (name: string) => name],
  ] as const;
  return (
    <div className={styles.breakdowns}>
      {parts.map(([name, counts, say]) => (
        <PanelSection key={name} title={t(`report.by.${name}`)}>
          {counts.length === 0 && <p className={styles.quiet}>{t('report.none')}</p>}
          <ul className={styles.counts}>
            {counts.map(({ code, count }) => (
              <li key={code}>
                <span>{code === 'unknown' ? t('report.unknown') : say(code)}</span>
                <span className={styles.countBar} style={{ inlineSize: `${Math.round((60 * count) / Math.max(report.total, 1))}%` }} />
                <strong>{count}</strong>
              </li>
            ))}
          </ul>
        </PanelSection>
      ))}
    </div>
  );
}
