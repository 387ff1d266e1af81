import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { dayName, useNow } from '../../ui';
import { CallEntry } from './call-entry';
import { FactsEntry } from './facts-entry';
import { MessageEntry } from './message-entry';
import { NoteEntry } from './note-entry';
import { NoticeEntry } from './notice-entry';
import { OutgoingEntry } from './outgoing-entry';
import type { ThreadRow } from './thread-rows';
import styles from './thread.module.css';

function DayLine({ at }: { readonly at: number }) {
  const { i18n } = useTranslation();
  const now = useNow(300_000);
  return (
    <div className={styles.day} role="separator" aria-label={dayName(at, now, i18n.language)}>
      <span aria-hidden="true">{dayName(at, now, i18n.language)}</span>
    </div>
  );
}

function UnreadLine({ count }: { readonly count: number }) {
  const { t } = useTranslation('thread');
  return (
    <div className={styles.unread} role="separator" aria-label={t('new', { count })}>
      <span aria-hidden="true">{t('new', { count })}</span>
    </div>
  );
}

/** One row of the thread, by its kind. */
export const ThreadEntry = memo(function ThreadEntry({ row, newest }: { readonly row: ThreadRow; readonly newest: boolean }) {
  if (row.type === 'day') return <DayLine at={row.at} />;
  if (row.type === 'unread') return <UnreadLine count={row.count} />;
  if (row.type === 'facts') return <FactsEntry facts={row.facts} />;
  if (row.type === 'outgoing') return <OutgoingEntry outgoing={row.outgoing} />;
  const { message, joined } = row;
  if (message.kind === 'note') return <NoteEntry message={message} />;
  if (message.kind === 'notice') return <NoticeEntry message={message} />;
  if (message.kind === 'call') return <CallEntry message={message} />;
  return <MessageEntry message={message} joined={joined} newest={newest} />;
});
