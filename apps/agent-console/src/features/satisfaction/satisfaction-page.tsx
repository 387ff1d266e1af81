import type { SurveyReport } from '@claimline/protocol';
import { Button, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, useSurveyReport } from '../../client';
import { ErrorState, Page, SkeletonRows, TabsLine } from '../../ui';
import { Breakdowns } from './breakdowns';
import { Questions } from './questions';
import styles from './satisfaction.module.css';

const DAY_MS = 86_400_000;
const SPANS = ['7', '30', '90'] as const;
type Span = (typeof SPANS)[number];

const dayOf = (time: number): string => new Date(time).toLocaleDateString('sv-SE');
const lastDays = (span: Span): { from: string; to: string } => ({
  from: dayOf(hubNow() - (Number(span) - 1) * DAY_MS),
  to: dayOf(hubNow()),
});

/** How satisfied customers are: each question against the baseline and the days before, who was asked, and what they had to wait for. */
export function SatisfactionPage() {
  const { t } = useTranslation('satisfaction');
  const [days, setDays] = useState(() => lastDays('30'));
  const { data, error, refetch } = useSurveyReport(days.from, days.to);
  const chosen = SPANS.find((span) => lastDays(span).from === days.from && lastDays(span).to === days.to);
  const csv = (
    <Button
      component="a"
      variant="default"
      leftSection={<IconDownload size={14} stroke={1.8} />}
      href={`/api/surveys/report.csv?from=${days.from}&to=${days.to}`}
      download={`satisfaction-${days.from}-${days.to}.csv`}
    >
      {t('csv')}
    </Button>
  );
  return (
    <Page title={t('title')} actions={csv}>
      <div className={styles.column}>
        <div className={styles.period}>
          <TabsLine<Span | ''>
            label={t('period')}
            value={chosen ?? ''}
            onChange={(span) => span && setDays(lastDays(span))}
            tabs={SPANS.map((span) => ({ value: span, name: t('lastDays', { n: span }) }))}
          />
          <div className={styles.dates}>
            <DayField label={t('from')} value={days.from} max={days.to} onDay={(from) => setDays({ ...days, from })} />
            <DayField label={t('to')} value={days.to} min={days.from} onDay={(to) => setDays({ ...days, to })} />
          </div>
        </div>
        {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
        {!data && !error && <SkeletonRows count={5} height={72} />}
        {data && <Figures report={data} />}
      </div>
    </Page>
  );
}

function DayField({ label, value, onDay, ...limits }: DayFieldProps) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      value={value}
      {...limits}
      onChange={(event) => event.currentTarget.value && onDay(event.currentTarget.value)}
    />
  );
}

interface DayFieldProps {
  readonly label: string;
  readonly value: string;
  readonly min?: string;
  readonly max?: string;
  onDay(day: string): void;
}

function Figures({ report }: { readonly report: SurveyReport }) {
  const { t } = useTranslation('satisfaction');
  return (
    <>
      <p className={styles.quiet}>
        {t('responses', { count: report.responses })} · {t('compared', report.before)}
        {report.baselineOn && ` · ${t('baselineOn', { day: report.baselineOn })}`}
      </p>
      <Questions report={report} />
      <Breakdowns report={report} />
    </>
  );
}
