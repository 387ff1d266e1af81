import type { Message } from '@claimline/protocol';
import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { clockTime } from '../../ui';
import styles from './moved-guard.module.css';

interface GuardProps {
  readonly fresh: readonly Message[] | null;
  readonly customer: string;
  readonly onSend: () => void;
  readonly onBack: () => void;
}

/** Something came in while one wrote: here it is, and now decide. */
export function MovedGuard({ fresh, customer, onSend, onBack }: GuardProps) {
  const { t, i18n } = useTranslation('composer');
  const words = useWords();
  return (
    <Modal opened={fresh !== null} onClose={onBack} title={t('moved.title')} size="lg" closeButtonProps={{ 'aria-label': t('moved.back') }}>
      <p className={styles.text}>{t('moved.text')}</p>
      <ul className={styles.list}>
        {fresh?.map((message) => (
          <li key={message.id} className={styles.message}>
            <div className={styles.head}>
              <strong>
                {message.direction === 'inbound' ? (message.fromName ?? customer) : (message.author?.name ?? t('moved.automatic'))}
              </strong>
              <span>
                {message.channel ? words.channel(message.channel) : t('note')} · {clockTime(Date.parse(message.at), i18n.language)}
              </span>
            </div>
            {message.text || t('moved.files', { count: message.attachments.length })}
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button data-autofocus onClick={onBack}>
          {t('moved.back')}
        </Button>
        <Button variant="filled" onClick={onSend}>
          {t('moved.send')}
        </Button>
      </div>
    </Modal>
  );
}
