import type { NextBreach } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAssign, useMe } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { ChannelIcon, PanelSection, toast, useMaySupervise, useNow } from '../../ui';
import { Countdown } from './countdown';
import { Reassign } from './reassign';
import styles from './team.module.css';

/** What breaches next, counting down, to be taken or given to somebody right here. */
export function NextBreaches({ next }: { readonly next: readonly NextBreach[] }) {
  const { t } = useTranslation('team');
  const maySupervise = useMaySupervise();
  const now = useNow(1_000);
  return (
    <PanelSection title={t('next.title')} aside={next.length > 0 ? t('next.count', { count: next.length }) : undefined}>
      {next.length === 0 && <p className={styles.good}>{t('next.none')}</p>}
      <ul className={styles.rows}>
        {next.map((one) => (
          <li key={one.conversationId} className={styles.breach} data-breached={Date.parse(one.at) <= now || undefined}>
            <Countdown at={Date.parse(one.at)} now={now} kind={one.kind} />
            <ChannelIcon kind={one.channel} size={16} />
            <GoLink href={hrefs.conversation(one.conversationId)} className={styles.link}>
              <span className={styles.strong}>{one.contact}</span>
              <span className={styles.quiet}>{[one.claim, one.assignee?.name ?? t('nobody')].filter(Boolean).join(' · ')}</span>
            </GoLink>
            {maySupervise && <Steer breach={one} />}
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

function Steer({ breach }: { readonly breach: NextBreach }) {
  const { t } = useTranslation('team');
  const words = useWords();
  const me = useMe().data;
  const assign = useAssign();
  const { conversationId: id, assignee } = breach;
  const failed = (error: unknown): void => void toast({ text: words.error(error), tone: 'danger' });
  const takeOver = () => {
    if (!me) return;
    const back = () => void assign.mutateAsync({ id, assignee: assignee?.id ?? null }).catch(failed);
    const said = { text: t('next.taken', { name: breach.contact }), action: { label: t('undo'), run: back } };
    assign.mutateAsync({ id, assignee: me.id }).then(() => void toast(said), failed);
  };
  return (
    <span className={styles.steer}>
      {assignee?.id !== me?.id && (
        <Button
          size="xs"
          variant="default"
          loading={assign.isPending}
          aria-label={t('next.takeOf', { name: breach.contact })}
          onClick={takeOver}
        >
          {t('next.take')}
        </Button>
      )}
      <Reassign conversations={[{ id, assignee }]} label={t('next.giveOf', { name: breach.contact })} onDone={() => undefined} small />
    </span>
  );
}
