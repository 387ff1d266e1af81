import type { Message } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconPhoneCall, IconPhoneIncoming, IconPhoneOff, IconPhoneOutgoing } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStartCall } from '../../client';
import { useWords } from '../../locales';
import { duration, toast, useMayWrite } from '../../ui';
import { Attachments } from './attachments';
import styles from './call-entry.module.css';
import { useEntryConversation } from './entry-context';
import { At, useSpeaker } from './message-entry';
import { ownWords } from './own-words';

function iconOf(message: Message) {
  if (message.call?.missed) return IconPhoneOff;
  return message.direction === 'outbound' ? IconPhoneOutgoing : IconPhoneIncoming;
}

/** A call: how it went, its recording with the words, and the way to call back. */
export function CallEntry({ message }: { readonly message: Message }) {
  const { t } = useTranslation('thread');
  const words = useWords();
  const conversation = useEntryConversation();
  const mayWrite = useMayWrite();
  const call = useStartCall();
  const speaker = useSpeaker(message);
  const Icon = iconOf(message);
  const ours = message.direction === 'outbound';
  const missed = message.call?.missed ?? false;
  const title = missed
    ? t('missedCall', { name: speaker })
    : t(ours ? 'callTo' : 'callFrom', { name: ours ? conversation.contact.name : speaker });
  const length = message.call?.seconds ? duration(message.call.seconds) : null;
  const outcome = message.call && !missed ? words.of('callOutcome', message.call.outcome) : null;
  const callBack = () => {
    const to = ours ? message.to[0] : (message.from ?? undefined);
    call.mutate(
      { id: conversation.id, ...(to ? { to } : {}) },
      { onSuccess: () => toast({ text: t('calling') }), onError: (error) => toast({ text: words.error(error), tone: 'danger' }) },
    );
  };
  return (
    <article className={styles.call} data-missed={missed || undefined} data-message={message.id}>
      <div className={styles.line}>
        <Icon size={16} stroke={1.7} aria-hidden="true" className={styles.icon} />
        <div className={styles.words}>
          <div className={styles.title}>{title}</div>
          <div className={styles.meta}>
            {[length, outcome].filter(Boolean).join(' · ')} <At at={message.at} />
          </div>
        </div>
        {missed && mayWrite && (
          <Button size="sm" leftSection={<IconPhoneCall size={14} />} loading={call.isPending} onClick={callBack}>
            {t('callBack')}
          </Button>
        )}
      </div>
      {ownWords(message) && <p className={styles.text}>{message.text}</p>}
      <Attachments message={message} />
    </article>
  );
}
