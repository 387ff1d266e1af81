import type { Message } from '@claimline/protocol';
import { IconNote } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Attachments } from './attachments';
import { Words } from './mail-body';
import { At } from './message-entry';
import styles from './note-entry.module.css';

/** A note among colleagues: as wide as the thread and of another colour, so that nobody takes it for something the customer reads. */
export function NoteEntry({ message }: { readonly message: Message }) {
  const { t } = useTranslation('thread');
  return (
    <article className={styles.note} data-message={message.id}>
      <header className={styles.header}>
        <IconNote size={14} stroke={1.8} aria-hidden="true" />
        <span className={styles.who}>{t('noteOf', { name: message.author?.name ?? t('automatic') })}</span>
        <At at={message.at} />
      </header>
      <div className={styles.text}>
        <Words text={message.text} />
      </div>
      <Attachments message={message} />
    </article>
  );
}
