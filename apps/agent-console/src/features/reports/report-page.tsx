import type { Report, ReportField } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, useReport, useReportDeeds } from '../../client';
import { useOffer } from '../../commands';
import { useWords } from '../../locales';
import { GoLink, hrefs, useGo, usePathParams } from '../../navigation';
import { Chip, ErrorState, Page, SkeletonRows, toast, useMayWrite } from '../../ui';
import { ReportAside } from './report-aside';
import { ReportFieldInput } from './report-field';
import styles from './report-page.module.css';
import { firstLacking, lackingIn, questionsOf, STEP_NAMES, type StepName } from './report-steps';

/** One report: the form in steps, people first, and beside it what the customer sent and what it may belong to. */
export function ReportPage() {
  const { t } = useTranslation('reports');
  const { id = '' } = usePathParams();
  const { data: report, error, refetch } = useReport(id);
  const title = report?.who ? t('titleOf', { who: report.who }) : t('title');
  return (
    <Page title={title} actions={report && <State report={report} />}>
      {error && !report && <ErrorState error={error} retry={() => void refetch()} />}
      {!error && !report && <SkeletonRows count={8} height={52} />}
      {report && <Form report={report} key={report.id} />}
    </Page>
  );
}

function State({ report }: { readonly report: Report }) {
  const { t } = useTranslation('reports');
  const tone = report.state === 'reported' ? 'good' : report.state === 'submitted' ? 'accent' : 'plain';
  return (
    <>
      {report.flags.map((flag) => (
        <Chip key={flag} tone={flag === 'injury' || flag === 'fatality' ? 'danger' : 'warn'}>
          {t(`flag.${flag}`)}
        </Chip>
      ))}
      <Chip tone={tone}>{t(`state.${report.state}`)}</Chip>
      {report.conversationId && (
        <GoLink href={hrefs.conversation(report.conversationId)} className={styles.link}>
          {t('toConversation')}
        </GoLink>
      )}
    </>
  );
}

function Form({ report }: { readonly report: Report }) {
  const { t } = useTranslation('reports');
  const mayWrite = useMayWrite();
  const deeds = useReportDeeds(report.id);
  const [step, setStep] = useState<StepName>(() => firstLacking(report) ?? 'people');
  const disabled = !mayWrite || report.state !== 'open';
  const answer = (field: ReportField, value: string | boolean | null) => deeds.fill.mutate({ fields: { [field]: value } });
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        {report.state !== 'open' && <Told report={report} />}
        {report.fields.injured && <p className={styles.urgent}>{t('urgent')}</p>}
        <nav className={styles.steps} aria-label={t('steps')}>
          {STEP_NAMES.map((name, index) => (
            <button key={name} type="button" aria-current={name === step ? 'step' : undefined} onClick={() => setStep(name)}>
              {index + 1}. {t(`step.${name}`)}
              {lackingIn(name, report) > 0 && <span className={styles.lacking}>{lackingIn(name, report)}</span>}
            </button>
          ))}
        </nav>
        <div className={styles.form}>
          {questionsOf(step, report).map((question) => (
            <ReportFieldInput key={question.field} question={question} report={report} disabled={disabled} onAnswer={answer} />
          ))}
        </div>
        {mayWrite && <Actions report={report} deeds={deeds} onStep={setStep} step={step} />}
      </div>
      <ReportAside
        report={report}
        disabled={disabled}
        onPolicy={({ ref }) => deeds.fill.mutate({ policy: ref })}
        onApart={(references) => deeds.setApart.mutate(references)}
      />
    </div>
  );
}

interface ActionsProps {
  readonly report: Report;
  readonly deeds: ReturnType<typeof useReportDeeds>;
  readonly step: StepName;
  readonly onStep: (step: StepName) => void;
}

function Actions({ report, deeds, step, onStep }: ActionsProps) {
  const { t } = useTranslation('reports');
  const words = useWords();
  const go = useGo();
  const { required } = report.lacks;
  const lacking = firstLacking(report);
  const blocked = report.similar.length > 0 && !report.urgent;
  const next = STEP_NAMES[STEP_NAMES.indexOf(step) + 1];
  const submit = () => (lacking ? onStep(lacking) : deeds.submit.mutate());
  const discard = () =>
    deeds.discard.mutate(undefined, {
      onSuccess: () => {
        toast({ text: t('discarded'), action: { label: t('undo'), run: () => deeds.takeBack.mutate() } });
        go(report.conversationId ? hrefs.conversation(report.conversationId) : hrefs.reports);
      },
    });
  const isOpen = report.state === 'open';
  useOffer([isOpen && { id: 'report.submit', title: t('submit'), section: t('title'), keys: 'mod+enter', whileTyping: true, run: submit }]);
  const error = [deeds.submit.error, deeds.fill.error, deeds.setApart.error, deeds.discard.error].find((one) => one !== null);
  if (!isOpen) return null;
  return (
    <footer className={styles.actions}>
      {error && (
        <p className={styles.problem} role="alert">
          {words.error(error)}{' '}
          {error instanceof ApiError && error.code === 'invalid'
            ? error.fields.map(({ path }) => t(`field.${path.replace('fields.', '')}`, { defaultValue: path })).join(t('comma'))
            : ''}
        </p>
      )}
      {required.length > 0 && (
        <p className={styles.warn}>
          <IconAlertTriangle size={14} aria-hidden />{' '}
          {t('lacking', { fields: required.map((field) => t(`field.${field}`).replace(/[?？]$/, '')).join(t('comma')) })}
        </p>
      )}
      <div className={styles.buttons}>
        <Button variant="subtle" color="gray" onClick={discard} loading={deeds.discard.isPending}>
          {t('discard')}
        </Button>
        {next && (
          <Button variant="default" onClick={() => onStep(next)}>
            {t('next')}
          </Button>
        )}
        <Button variant="filled" leftSection={<IconSend size={14} />} disabled={blocked} loading={deeds.submit.isPending} onClick={submit}>
          {t('submit')}
        </Button>
      </div>
    </footer>
  );
}

function Told({ report }: { readonly report: Report }) {
  const { t } = useTranslation('reports');
  return (
    <p className={styles.told} role="status">
      {t(`told.${report.state}`)}{' '}
      {report.claim && (
        <GoLink href={hrefs.claim(report.claim)} className={styles.link}>
          {report.claim}
        </GoLink>
      )}
    </p>
  );
}
