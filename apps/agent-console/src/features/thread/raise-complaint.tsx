import type { Message } from '@claimline/protocol';
import { IconMoodSad } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRaiseComplaint } from '../../client';
import { useWords } from '../../locales';
import { hrefs, useGo } from '../../navigation';
import { toast, useMayWrite } from '../../ui';
import { useEntryConversation } from './entry-context';
import styles from './message-entry.module.css';

/** Raises a complaint from a conversation, or from one message of it, and goes to its draft. */
export function useRaise(conversation: string): (message?: string) => void {
  const { t } = useTranslation('thread');
  const words = useWords();
  const go = useGo();
  const raise = useRaiseComplaint();
  return (message) =>
    raise.mutate(
      { conversation, message },
      {
        onSuccess: ({ id, number }) =>
          toast({ text: t('complaintRaised', { number }), action: { label: t('openComplaint'), run: () => go(hrefs.complaint(id)) } }),
        onError: (error) => toast({ text: words.error(error), tone: 'danger' }),
      },
    );
}

/** Beside what a customer said: this is a complaint. */
export function RaiseFromMessage({ message }: { readonly message: Message }) {
  const { t } = useTranslation('thread');
  const raise = useRaise(useEntryConversation().id);
  const mayWrite = useMayWrite();
  if (message.direction !== 'inbound' || !mayWrite) return null;
  return (
    <button
      type="button"
      className={styles.raise}
      title={t('raiseComplaint')}
      aria-label={t('raiseComplaint')}
      onClick={() => raise(message.id)}
    >
      <IconMoodSad size={14} stroke={1.6} aria-hidden="true" />
    </button>
  );
}
