import { Button } from '@mantine/core';
import { IconAlertCircle, IconClock, IconNote } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { takeBack, type Outgoing } from '../../client';
import { handOver } from '../../handover';
import { useWords } from '../../locales';
import styles from './outgoing-entry.module.css';

function useSecondsLeft(until: number | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (until === null) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [until]);
  return until === null ? 0 : Math.max(0, Math.ceil((until - now) / 1000));
}

/** A reply that has not reached the hub: it can still be taken back, waits for the network, or was refused and says why. */
export function OutgoingEntry({ outgoing }: { readonly outgoing: Outgoing }) {
  const { t } = useTranslation('thread');
  const words = useWords();
  const seconds = useSecondsLeft(outgoing.heldUntil);
  const note = outgoing.body.kind === 'note';
  const edit = () => {
    const back = takeBack(outgoing.key);
    if (!back) return;
    handOver({ conversation: back.conversation, text: back.body.text, channel: back.body.channel, kind: back.body.kind });
  };
  const refused = outgoing.state === 'refused';
  return (
    <article className={styles.entry} data-note={note || undefined} data-refused={refused || undefined}>
      <div className={styles.bubble}>{outgoing.body.text || t('templateText')}</div>
      <footer className={styles.footer}>
        {note && <IconNote size={13} aria-hidden="true" />}
        {refused ? <IconAlertCircle size={14} aria-hidden="true" /> : <IconClock size={13} aria-hidden="true" />}
        <span role={refused ? 'alert' : undefined}>
          {refused
            ? words.error(outgoing.error)
            : outgoing.state === 'held'
              ? t('held', { count: seconds })
              : t(`outgoing.${outgoing.state}`)}
        </span>
        {(outgoing.state === 'held' || refused) && (
          <Button size="xs" variant="subtle" onClick={edit}>
            {refused ? t('editAgain') : t('takeBack')}
          </Button>
        )}
        {refused && (
          <Button size="xs" variant="subtle" color="gray" onClick={() => takeBack(outgoing.key)}>
            {t('discard')}
          </Button>
        )}
      </footer>
    </article>
  );
}
