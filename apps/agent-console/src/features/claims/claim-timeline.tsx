import { DELIVERY_STATES } from '@claimline/messages';
import type { TimelineEntry } from '@claimline/protocol';
import {
  IconAlertTriangle,
  IconArrowDownLeft,
  IconArrowUpRight,
  IconBell,
  IconChecklist,
  IconInfoCircle,
  IconNote,
  IconTimelineEvent,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeline } from '../../client';
import { humanised, useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { ChannelIcon, DeliveryMark, EmptyState, ErrorState, MoreRows, SkeletonRows, useDates } from '../../ui';
import styles from './claim-timeline.module.css';
import { timelineFacts, type TimelineFacts } from './timeline-text';

/** Everything that happened to a claim, newest first: stages, notices with their proof or why not, messages, tasks. */
export function ClaimTimeline({ number }: { readonly number: string }) {
  const { t } = useTranslation('claims');
  const query = useTimeline(number);
  return (
    <section className={styles.timeline} aria-label={t('timeline.title')}>
      <h2 className={styles.title}>{t('timeline.title')}</h2>
      {query.isPending && <SkeletonRows count={6} height={56} />}
      {query.isError && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.data?.length === 0 && (
        <EmptyState icon={IconTimelineEvent} title={t('timeline.empty')}>
          {t('timeline.emptyHint')}
        </EmptyState>
      )}
      <ol className={styles.entries}>
        {query.data?.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      <MoreRows query={query} />
    </section>
  );
}

const ICONS = {
  stage: IconTimelineEvent,
  notice: IconBell,
  message: IconArrowDownLeft,
  task: IconChecklist,
  event: IconInfoCircle,
  anomaly: IconAlertTriangle,
} as const;

function iconOf(type: TimelineEntry['type'], facts: TimelineFacts) {
  if (type === 'message' && facts.note) return IconNote;
  return type === 'message' && !facts.inbound ? IconArrowUpRight : ICONS[type];
}

function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const { t } = useTranslation('claims');
  const dates = useDates();
  const facts = timelineFacts(entry);
  const Icon = iconOf(entry.type, facts);
  return (
    <li className={styles.entry} data-type={entry.type}>
      <span className={styles.icon} aria-hidden>
        <Icon size={15} stroke={1.8} />
      </span>
      <div className={styles.body}>
        <p className={styles.head}>
          <Headline entry={entry} facts={facts} />
          <time className={styles.when} dateTime={entry.at}>
            {dates.moment(entry.at)}
          </time>
        </p>
        {facts.words && <p className={styles.words}>{facts.words}</p>}
        {entry.conversationId && (
          <GoLink href={hrefs.conversation(entry.conversationId)} className={styles.open}>
            {t('timeline.open')}
          </GoLink>
        )}
      </div>
    </li>
  );
}

function Headline({ entry, facts }: { readonly entry: TimelineEntry; readonly facts: TimelineFacts }): ReactNode {
  const { t } = useTranslation('claims');
  const words = useWords();
  const who = entry.who ?? '';
  switch (entry.type) {
    case 'stage':
      return (
        <>
          <strong>{facts.stage ? t('timeline.stage', { stage: words.stage(facts.stage) }) : t('timeline.changed')}</strong>
          {facts.subStatus && <span>{words.of('subStatus', facts.subStatus)}</span>}
        </>
      );
    case 'notice':
      return (
        <>
          <strong>{t('timeline.notice', { notice: words.of('notice', facts.notice ?? 'notice') })}</strong>
          {who && <span>{t('timeline.to', { who })}</span>}
          {facts.channel && <ChannelIcon kind={facts.channel} />}
          {facts.delivery && <NoticeState state={facts.delivery} reason={facts.reason} />}
        </>
      );
    case 'message':
      return (
        <>
          <strong>{who || t(facts.inbound ? 'timeline.customer' : 'timeline.us')}</strong>
          {facts.channel && <ChannelIcon kind={facts.channel} />}
          {facts.note && <span>{t('timeline.note')}</span>}
        </>
      );
    case 'task':
      return (
        <>
          <strong>{words.task(facts.task ?? 'task')}</strong>
          <span>
            {[who, facts.outcome && t(`desk:outcome.${facts.outcome}`, { defaultValue: facts.outcome })].filter(Boolean).join(' · ')}
          </span>
        </>
      );
    case 'anomaly':
      return <strong>{t('timeline.anomaly', { outcome: words.of('claimEvent', facts.outcome ?? 'anomaly') })}</strong>;
    default:
      return <strong>{words.of('event', String(entry.params['type'] ?? humanised(entry.type)))}</strong>;
  }
}

function NoticeState({ state, reason }: { readonly state: string; readonly reason: string | null }) {
  const words = useWords();
  const known = DELIVERY_STATES.find((one) => one === state);
  if (!known) return <span>{[words.of('noticeState', state), reason && words.reason(reason)].filter(Boolean).join(': ')}</span>;
  return <DeliveryMark mark={reason ? { state: known, reason } : { state: known }} words />;
}
