import type { Message } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { Avatar, ChannelIcon, clockTime, fullMoment } from '../../ui';
import { Attachments } from './attachments';
import { DeliveryLine } from './delivery-line';
import { useEntryConversation } from './entry-context';
import { FilingBar, MoveButton } from './filing-bar';
import { MailBody } from './mail-body';
import { MaskedWords } from './masked-words';
import { RaiseFromMessage } from './raise-complaint';
import styles from './message-entry.module.css';

interface MessageProps {
  readonly message: Message;
  readonly joined: boolean;
  /** The newest one that somebody sent us. */
  readonly newest?: boolean;
}

/** Who said it: the customer, a colleague, or the hub by itself. */
export function useSpeaker(message: Message): string {
  const { t } = useTranslation('thread');
  const conversation = useEntryConversation();
  if (message.direction === 'inbound') return message.fromName ?? conversation.contact.name;
  return message.author?.name ?? t('automatic');
}

/** The time of an entry, with the whole moment behind it. */
export function At({ at }: { readonly at: string }) {
  const { i18n } = useTranslation();
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={fullMoment(moment, i18n.language)}>
      {clockTime(moment, i18n.language)}
    </time>
  );
}

function Addresses({ message }: { readonly message: Message }) {
  const { t } = useTranslation('thread');
  const many = message.to.length + message.cc.length > 1;
  if (message.channel !== 'email' || !many) return null;
  return (
    <div className={styles.addresses}>
      {t('to', { names: message.to.join(', ') })}
      {message.cc.length > 0 && ` · ${t('cc', { names: message.cc.join(', ') })}`}
    </div>
  );
}

function Channel({ kind }: { readonly kind: string | null }) {
  const words = useWords();
  if (!kind) return null;
  return (
    <span className={styles.channel}>
      <ChannelIcon kind={kind} size={13} silent />
      {words.channel(kind)}
    </span>
  );
}

/** Something said on a channel: theirs at the left, ours at the right and tinted. */
export function MessageEntry({ message, joined, newest = false }: MessageProps) {
  const speaker = useSpeaker(message);
  const ours = message.direction === 'outbound';
  return (
    <article className={styles.entry} data-ours={ours || undefined} data-joined={joined || undefined} data-message={message.id}>
      {!ours && <div className={styles.avatar}>{!joined && <Avatar name={speaker} size={28} />}</div>}
      <div className={styles.column}>
        {joined ? (
          <span className="unseen">{speaker}</span>
        ) : (
          <header className={styles.header}>
            <span className={styles.speaker}>{speaker}</span>
            <Channel kind={message.channel} />
            <At at={message.at} />
          </header>
        )}
        <div className={styles.bubble}>
          {message.subject && <div className={styles.subject}>{message.subject}</div>}
          <Addresses message={message} />
          <MailBody message={message} />
          <Attachments message={message} />
          <MaskedWords message={message} />
        </div>
        <FilingBar message={message} newest={newest} />
        <footer className={styles.footer}>
          {joined && <Channel kind={message.channel} />}
          {joined && <At at={message.at} />}
          <DeliveryLine message={message} />
          <RaiseFromMessage message={message} />
          {!ours && <MoveButton message={message} newest={newest} />}
        </footer>
      </div>
    </article>
  );
}
