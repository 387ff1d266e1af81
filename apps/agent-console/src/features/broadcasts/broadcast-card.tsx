import type { Broadcast, BroadcastCounts } from '@claimline/protocol';
import { Button, Progress } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { hubNow, useBroadcastRecipients, useMe, useSteerBroadcast } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { Chip, dayAndTime, toast, useMaySupervise } from '../../ui';
import styles from './broadcasts.module.css';

type Act = 'approve' | 'start' | 'pause' | 'resume' | 'cancel';

const ACTS: Readonly<Record<Broadcast['state'], readonly Act[]>> = {
  submitted: ['approve', 'cancel'],
  approved: ['start', 'cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  finished: [],
  canceled: [],
};
const TONES = { submitted: 'warn', approved: 'accent', running: 'good', paused: 'warn', finished: 'plain', canceled: 'plain' } as const;

function Counts({ counts }: { readonly counts: BroadcastCounts }) {
  const { t } = useTranslation('broadcasts');
  const words = useWords();
  const plain = (['told', 'sending', 'waiting', 'canceled'] as const).filter((name) => counts[name] > 0 || name === 'told');
  return (
    <ul className={styles.counts}>
      {plain.map((name) => (
        <li key={name}>
          <b>{counts[name]}</b> {t(`count.${name}`)}
        </li>
      ))}
      {Object.entries(counts.held).map(([reason, count]) => (
        <li key={`held ${reason}`}>
          <b>{count}</b> {t('count.held', { reason: reason === 'paused' ? t('count.paused') : words.reason(reason) })}
        </li>
      ))}
      {Object.entries(counts.notTold).map(([reason, count]) => (
        <li key={`not ${reason}`}>
          <b>{count}</b> {t('count.notTold', { reason: words.reason(reason) })}
        </li>
      ))}
    </ul>
  );
}

function Recipients({ id }: { readonly id: string }) {
  const { t } = useTranslation('broadcasts');
  const words = useWords();
  const items = useBroadcastRecipients(id, true).data?.items ?? [];
  return (
    <ul className={styles.people} aria-label={t('recipients')}>
      {items.map((one) => (
        <li key={one.claim + one.name}>
          {one.conversationId ? <GoLink href={hrefs.conversation(one.conversationId)}>{one.name}</GoLink> : one.name} · {one.claim} ·{' '}
          {one.reason ? words.reason(one.reason) : words.of('delivery', one.state)}
        </li>
      ))}
    </ul>
  );
}

/** One broadcast: who wrote and who approved it, how far it is, and what can be done with it now. */
export function BroadcastCard({ broadcast }: { readonly broadcast: Broadcast }) {
  const { t, i18n } = useTranslation('broadcasts');
  const words = useWords();
  const me = useMe().data;
  const maySteer = useMaySupervise();
  const steer = useSteerBroadcast();
  const [opened, { toggle }] = useDisclosure(false);
  const { counts, state, createdBy, approvedBy, lastAt } = broadcast;
  const own = createdBy.id === me?.id;
  const gone = counts.total - counts.waiting;
  const act = (one: Act) =>
    steer.mutate({ id: broadcast.id, act: one }, { onError: (error) => toast({ text: words.error(error), tone: 'danger' }) });
  return (
    <section className={styles.card} aria-label={broadcast.name}>
      <div className={styles.head}>
        <h2>{broadcast.name}</h2>
        <Chip tone={TONES[state]}>{t(`state.${state}`)}</Chip>
        {maySteer &&
          ACTS[state].map((one) => (
            <Button
              key={one}
              variant={one === 'cancel' ? 'subtle' : 'filled'}
              disabled={steer.isPending || (one === 'approve' && own)}
              title={one === 'approve' && own ? t('notYours') : undefined}
              onClick={() => act(one)}
            >
              {t(`act.${one}`)}
            </Button>
          ))}
      </div>
      <p className={styles.text}>
        {t('by', { name: createdBy.name, at: dayAndTime(Date.parse(broadcast.createdAt), hubNow(), i18n.language) })}
        {approvedBy && ` · ${t('approvedBy', { name: approvedBy.name })}`}
        {` · ${t('rate', { count: broadcast.perHour })}`}
        {lastAt && ` · ${t('lastAt', { at: dayAndTime(Date.parse(lastAt), hubNow(), i18n.language) })}`}
      </p>
      {own && state === 'submitted' && <p className={styles.text}>{t('notYours')}</p>}
      <Progress value={(gone / Math.max(counts.total, 1)) * 100} aria-label={t('progress', { done: gone, total: counts.total })} />
      <Counts counts={counts} />
      <div>
        <Button variant="subtle" aria-expanded={opened} onClick={toggle}>
          {t('recipientsOf', { count: counts.total })}
        </Button>
      </div>
      {opened && <Recipients id={broadcast.id} />}
    </section>
  );
}
