import type { Message } from '@claimline/protocol';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { ChannelIcon } from '../../ui';
import { DeliveryLine } from './delivery-line';
import { At } from './message-entry';
import styles from './notice-entry.module.css';

/** What the hub told the customer by itself because the claim moved: one line, its text on demand. */
export function NoticeEntry({ message }: { readonly message: Message }) {
  const { t } = useTranslation('thread');
  const words = useWords();
  const [open, setOpen] = useState(false);
  const name = message.notice ? words.of('notice', message.notice.code) : t('notice');
  return (
    <article className={styles.notice} data-message={message.id}>
      <div className={styles.line}>
        <IconInfoCircle size={15} stroke={1.7} aria-hidden="true" />
        <button type="button" className={styles.name} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('noticeNamed', { name })}
        </button>
        <span className={styles.meta}>
          {message.channel && <ChannelIcon kind={message.channel} size={13} />}
          <At at={message.at} />
          <DeliveryLine message={message} />
        </span>
      </div>
      {open && <p className={styles.text}>{message.text}</p>}
    </article>
  );
}
