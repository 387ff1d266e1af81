import type { Message } from '@claimline/protocol';
import { Menu, Popover } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failedAttempts, noteChangedMessages, resendMessage, retryMessage, useComposer, useThread } from '../../client';
import { handOver } from '../../handover';
import { useWords } from '../../locales';
import { ChannelIcon, DeliveryMark, dayAndTime, isTrouble, toast, useMayWrite, useNow } from '../../ui';
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

/** Every other channel that can go now; or the text back into the composer, to be changed first. */
function AnotherWay({ message, run }: { readonly message: Message; readonly run: (deed: Promise<unknown>) => void }) {
  const { t } = useTranslation('thread');
  const words = useWords();
  const { id } = useEntryConversation();
  const channels = useComposer(id).data?.channels ?? [];
  const others = channels.filter((one) => one.able && one.channel !== message.channel);
  return (
    <Menu position="top-end" width={220}>
      <Menu.Target>
        <button type="button" className={styles.way}>
          {t('anotherWay')}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map((one) => (
          <Menu.Item
            key={one.channel}
            leftSection={<ChannelIcon kind={one.channel} silent />}
            onClick={() => run(resendMessage(message.id, one.channel))}
          >
            {words.channel(one.channel)}
            <span className={styles.to}>{one.recipients.map((person) => person.value).join(', ')}</span>
          </Menu.Item>
        ))}
        {others.length > 0 && <Menu.Divider />}
        <Menu.Item
          leftSection={<IconPencil size={15} stroke={1.6} />}
          onClick={() => handOver({ conversation: id, text: message.text, notChannel: message.channel ?? undefined })}
        >
          {t('editFirst')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
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
  const run = (deed: Promise<unknown>): void => {
    noteChangedMessages(conversation.id, [message.id]);
    deed.then(() => thread.refetch()).catch((error: unknown) => toast({ text: words.error(error), tone: 'danger' }));
  };
  const again = () => (doubtful && !asked ? setAsked(true) : run(retryMessage(message)));
  return (
    <>
      {failedAttempts(message).length > 0 && (
        <button type="button" className={styles.way} onClick={again}>
          {asked ? t('retryAnyway') : t('retry')}
        </button>
      )}
      <AnotherWay message={message} run={run} />
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
