import type { ComplaintItem } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconChartBar, IconMoodSmile } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useComplaints } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs, useGo } from '../../navigation';
import { ChannelIcon, Chip, ClockPill, EmptyState, ErrorState, MoreRows, Page, SkeletonRows, TabsLine, useDates } from '../../ui';
import { useHandlingWords } from './handling-words';
import styles from './complaints.module.css';

const STEPS = ['received', 'classified', 'investigating', 'proposed', 'executing', 'follow_up'] as const;
type Tab = 'drafts' | 'open' | 'over';

/** The complaints officer's first screen: what waits to be confirmed, what is due next, and what has ended. */
export function ComplaintsPage() {
  const { t } = useTranslation('complaints');
  const go = useGo();
  const [tab, setTab] = useState<Tab>('open');
  const [step, setStep] = useState<string>();
  const drafts = useComplaints('drafts');
  const query = useComplaints(tab, tab === 'open' ? step : undefined);
  const counts = query.data?.pages[0]?.counts ?? drafts.data?.pages[0]?.counts ?? {};
  const open = STEPS.reduce((sum, one) => sum + (counts[one] ?? 0), 0);
  const waiting = drafts.data?.pages.flatMap(({ items }) => items) ?? [];
  const actions = (
    <>
      <TabsLine
        label={t('view.label')}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'open', name: t('view.open'), count: open + (counts['draft'] ?? 0) },
          { value: 'over', name: t('view.over') },
        ]}
      />
      <Button variant="default" leftSection={<IconChartBar size={14} stroke={1.8} />} onClick={() => go(hrefs.complaintReport)}>
        {t('report.title')}
      </Button>
    </>
  );
  const items = query.data?.pages.flatMap((page) => page.items);
  return (
    <Page title={t('title')} actions={actions}>
      <div className={styles.column}>
        {tab === 'open' && waiting.length > 0 && <Group title={t('drafts')} hint={t('draftsHint')} items={waiting} />}
        {tab === 'open' && <Steps counts={counts} chosen={step} onChoose={setStep} />}
        {query.isPending && <SkeletonRows count={6} height={72} />}
        {query.isError && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {items?.length === 0 && (tab === 'over' || waiting.length === 0) && (
          <EmptyState icon={IconMoodSmile} title={t(`empty.${tab}`)}>
            {t('empty.hint')}
          </EmptyState>
        )}
        {items && items.length > 0 && <Group title={tab === 'over' ? t('view.over') : t('dueNext')} items={items} />}
        <MoreRows query={query} />
      </div>
    </Page>
  );
}

function Steps({
  counts,
  chosen,
  onChoose,
}: {
  readonly counts: Readonly<Record<string, number>>;
  readonly chosen: string | undefined;
  readonly onChoose: (step: string | undefined) => void;
}) {
  const { t } = useTranslation('complaints');
  const words = useWords();
  return (
    <div className={styles.steps} role="group" aria-label={t('byStep')}>
      {STEPS.map((step) => (
        <button
          key={step}
          type="button"
          className={styles.stepTile}
          aria-pressed={chosen === step}
          onClick={() => onChoose(chosen === step ? undefined : step)}
        >
          <span className={styles.stepCount}>{counts[step] ?? 0}</span>
          <span className={styles.stepName}>{words.of('complaintState', step)}</span>
        </button>
      ))}
    </div>
  );
}

function Group({ title, hint, items }: { readonly title: string; readonly hint?: string; readonly items: readonly ComplaintItem[] }) {
  return (
    <section className={styles.group} aria-label={title}>
      <h2 className={styles.heading}>
        {title} <span>{items.length}</span>
      </h2>
      {hint && <p className={styles.hint}>{hint}</p>}
      <ul className={styles.list}>
        {items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function Row({ item }: { readonly item: ComplaintItem }) {
  const { t } = useTranslation('complaints');
  const words = useWords();
  const handling = useHandlingWords();
  const dates = useDates();
  return (
    <li>
      <GoLink href={hrefs.complaint(item.id)} className={styles.row}>
        <span className={styles.rowHead}>
          <ChannelIcon kind={item.channel} size={15} />
          <strong>{item.contact.name}</strong>
          <span className={styles.quiet}>{[item.number, item.claim].filter(Boolean).join(' · ')}</span>
          {item.regulator && <Chip tone="danger">{item.regulator}</Chip>}
          <Chip>{words.of('complaintState', item.state)}</Chip>
          {item.category && <Chip>{handling.category(item.category)}</Chip>}
          <span className={styles.rowEnd}>
            {item.nextDue ? (
              <ClockPill at={item.nextDue.at} kind={item.nextDue.policy} breached={item.nextDue.breached} />
            ) : (
              <span className={styles.quiet}>{dates.day(item.receivedAt)}</span>
            )}
          </span>
        </span>
        <span className={styles.rowText}>{item.content}</span>
        <span className={styles.rowFoot}>
          {item.signals.map((one) => words.of('complaintSignal', one)).join(' · ')}
          {item.officer ? ` · ${item.officer.name}` : ` · ${t('nobody')}`}
        </span>
      </GoLink>
    </li>
  );
}
