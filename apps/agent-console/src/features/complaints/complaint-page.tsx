import type { Complaint } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconLock, IconMessage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useComplaint } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs, useGo, usePathParams } from '../../navigation';
import { Chip, ClockPill, EmptyState, ErrorState, Fact, Facts, Page, PanelSection, SkeletonRows, useDates } from '../../ui';
import { Accused } from './accused';
import { History } from './history';
import { Investigation } from './investigation';
import { NextStep } from './next-step';
import { StepsLine } from './steps-line';
import { TellForm } from './tell-form';
import { useHandlingWords } from './handling-words';
import styles from './complaints.module.css';

/** One complaint: where it stands, what comes next, what was found and what the customer was told. */
export function ComplaintPage() {
  const { t } = useTranslation('complaints');
  const { id = '' } = usePathParams();
  const go = useGo();
  const { data, error, refetch } = useComplaint(id);
  const title = data ? `${data.number} · ${data.contact.name}` : t('title');
  const actions = data && (
    <Button
      variant="default"
      leftSection={<IconMessage size={14} stroke={1.8} />}
      onClick={() => go(hrefs.conversation(data.conversationId))}
    >
      {t('openConversation')}
    </Button>
  );
  return (
    <Page title={title} actions={actions}>
      {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={6} height={64} />}
      {data && <Whole complaint={data} />}
    </Page>
  );
}

function Whole({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation('complaints');
  const over = complaint.endedAt !== null;
  return (
    <>
      <div className={styles.top}>
        {complaint.state === 'draft' ? <p className={styles.draft}>{t('draftHint')}</p> : <StepsLine complaint={complaint} />}
      </div>
      <div className={styles.columns}>
        <div className={styles.main}>
          <Said complaint={complaint} />
          {complaint.deeds.length > 0 && <NextStep key={`${complaint.state}-${complaint.score ?? 0}`} complaint={complaint} />}
          {complaint.investigation ? (
            <Investigation complaint={complaint} />
          ) : (
            <EmptyState icon={IconLock} title={t('walled')}>
              {t('walledHint')}
            </EmptyState>
          )}
          {complaint.deeds.length > 0 && complaint.state !== 'draft' && !over && (
            <TellForm key={`tell-${complaint.state}`} complaint={complaint} />
          )}
          <Outcome complaint={complaint} />
        </div>
        <aside className={styles.side}>
          <About complaint={complaint} />
          {complaint.history.length > 0 && <History complaint={complaint} />}
        </aside>
      </div>
    </>
  );
}

function Said({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation('complaints');
  const words = useWords();
  return (
    <PanelSection
      title={t('said')}
      aside={complaint.signals.map((one) => (
        <Chip key={one}>{words.of('complaintSignal', one)}</Chip>
      ))}
    >
      <blockquote className={styles.quote}>{complaint.content}</blockquote>
      {complaint.state !== 'draft' && (
        <p className={styles.demand}>
          <strong>{t('demand')}:</strong> {complaint.demand ?? t('demandUnstated')}
        </p>
      )}
    </PanelSection>
  );
}

function About({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation('complaints');
  const words = useWords();
  const handling = useHandlingWords();
  const dates = useDates();
  return (
    <>
      <PanelSection title={t('about')}>
        <Facts>
          <Fact label={t('state')}>{words.of('complaintState', complaint.state)}</Fact>
          <Fact label={t('complainant')}>
            <GoLink href={hrefs.customer(complaint.contact.id)}>{complaint.contact.name}</GoLink>
            {complaint.representatives > 1 && ` · ${t('representatives', { count: complaint.representatives })}`}
          </Fact>
          {complaint.claim && (
            <Fact label={t('claim')}>
              <GoLink href={hrefs.claim(complaint.claim)}>{complaint.claim}</GoLink>
            </Fact>
          )}
          <Fact label={t('receivedAt')}>{dates.moment(complaint.receivedAt)}</Fact>
          <Fact label={t('channel')}>{words.channel(complaint.channel)}</Fact>
          {complaint.category && <Fact label={t('category')}>{handling.category(complaint.category)}</Fact>}
          {complaint.regulator && <Fact label={t('regulator')}>{complaint.regulator}</Fact>}
          <Fact label={t('officer')}>{complaint.officer?.name ?? t('nobody')}</Fact>
          {complaint.score !== null && <Fact label={t('score')}>{t('scoreOf', { score: complaint.score })}</Fact>}
          {complaint.endReason && <Fact label={t('endReason')}>{complaint.endReason}</Fact>}
        </Facts>
        <Accused complaint={complaint} />
      </PanelSection>
      <PanelSection title={t('clocks')}>
        <ul className={styles.clocks}>
          {complaint.clocks.map((clock) => (
            <li key={clock.id}>
              <span>{t(`clock.${clock.policy.split('.')[1] ?? 'default'}`)}</span>
              {clock.state === 'running' || clock.state === 'breached' ? (
                <ClockPill at={clock.deadline} kind={clock.policy} breached={clock.state === 'breached'} />
              ) : (
                <Chip tone={clock.state === 'met' ? 'good' : 'plain'}>{t(`clockState.${clock.state}`)}</Chip>
              )}
            </li>
          ))}
        </ul>
      </PanelSection>
    </>
  );
}

function Outcome({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation('complaints');
  const words = useWords();
  const dates = useDates();
  if (!complaint.outcome) return null;
  const { text, state, reason, sentAt } = complaint.outcome;
  const how = sentAt ? t('sentAt', { at: dates.moment(sentAt) }) : words.delivery(state);
  return (
    <PanelSection title={t('outcome')} aside={<Chip tone={sentAt ? 'good' : 'warn'}>{how}</Chip>}>
      <blockquote className={styles.quote}>{text}</blockquote>
      {reason && <p className={styles.problem}>{words.reason(reason)}</p>}
    </PanelSection>
  );
}
