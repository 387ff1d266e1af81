import type { Message } from '@claimline/protocol';
import { Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { retryMessage, useThread } from '../../client';
import { handOver } from '../../handover';
import { useWords } from '../../locales';
import { DeliveryMark, dayAndTime, isTrouble, toast, useMayWrite, useNow } from '../../ui';
import styles from './delivery-line.module.css';
import { useEntryConversation } from './entry-context';

/** Every attempt to reach every recipient: the proof, or the reasons why not. */
function Attempts({ message }: { readonly message: Message }) {
  const { t, i18n } = useTranslation('thread');
  const words = useWords();
  const now = useNow();
  if (message.attempts.length === 0) return <p className={styles.none}>{t('noAttempts')}</p>;
  return (
    <ol className={styles.attempts}>
      {message.attempts.map((one) => (
        <li key={one.id}>
          <strong>{words.channel(one.channel)}</strong> {one.to}
          <br />
          {words.delivery(one.state)}
          {one.reason && `: ${words.reason(one.reason)}`}
          {one.vendorCode && ` (${one.vendorCode})`} · {dayAndTime(Date.parse(one.at), now, i18n.language)}
        </li>
      ))}
    </ol>
  );
}

function Ways({ message }: { readonly message: Message }) {
  const { t } = useTranslation('thread');
  const words = useWords();
  const conversation = useEntryConversation();
  const thread = useThread(conversation.id);
  const [asked, setAsked] = useState(false);
  // Nobody knows whether the first one arrived: a person has to say so twice before the customer may get it twice.
  const doubtful = message.delivery?.state === 'uncertain';
  const again = async () => {
    if (doubtful && !asked) return setAsked(true);
    try {
      await retryMessage(message.id);
      await thread.refetch();
    } catch (error) {
      toast({ text: words.error(error), tone: 'danger' });
    }
  };
  return (
    <>
      {message.delivery?.state !== 'suppressed' && (
        <button type="button" className={styles.way} onClick={() => void again()}>
          {asked ? t('retryAnyway') : t('retry')}
        </button>
      )}
      <button
        type="button"
        className={styles.way}
        onClick={() => handOver({ conversation: conversation.id, text: message.text, notChannel: message.channel ?? undefined })}
      >
        {t('anotherWay')}
      </button>
    </>
  );
}

/** How far a message of ours has come; where it did not arrive, why, and what to do. */
export function DeliveryLine({ message }: { readonly message: Message }) {
  const { t } = useTranslation('thread');
  const mayWrite = useMayWrite();
  if (message.direction !== 'outbound' || !message.delivery) return null;
  return (
    <>
      <Popover position="top-end" width={300}>
        <Popover.Target>
          <button type="button" className={styles.mark} aria-label={t('attempts')}>
            <DeliveryMark mark={message.delivery} />
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <Attempts message={message} />
        </Popover.Dropdown>
      </Popover>
      {mayWrite && isTrouble(message.delivery) && <Ways message={message} />}
    </>
  );
}
