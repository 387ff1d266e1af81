import type { ScheduledSend } from '@claimline/protocol';
import { Button, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconClockHour9 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, useCancelScheduled, useChangeScheduled, useSchedule, useSendScheduled } from '../client';
import { useWords } from '../locales';
import { GoLink, hrefs } from '../navigation';
import { dayAndTime } from './moments';
import { useMayWrite } from './rights';
import styles from './scheduled-row.module.css';
import { toast } from './toasts';

/** A reply that leaves later: when, what, whether somebody is asked about it; changed, called off and sent at once right here. */
export function ScheduledRow({ send, full = false }: { readonly send: ScheduledSend; readonly full?: boolean }) {
  const { t, i18n } = useTranslation('scheduled');
  const words = useWords();
  const mayWrite = useMayWrite();
  const [editing, setEditing] = useState(false);
  const held = send.state === 'held';
  const Icon = held ? IconAlertTriangle : IconClockHour9;
  const when = dayAndTime(Date.parse(send.sendAt), hubNow(), i18n.language);
  return (
    <li className={styles.row} data-held={held || undefined}>
      <Icon size={16} stroke={1.8} aria-hidden="true" className={styles.icon} />
      <div className={styles.body}>
        <p className={styles.head}>
          <strong>
            {held
              ? t(`held.${send.reason === 'thread-moved' ? 'moved' : 'other'}`, { reason: words.of('error', send.reason ?? 'internal') })
              : when}
          </strong>
          <span className={styles.quiet}>
            {[send.channel && words.channel(send.channel), held ? when : null, send.author.name].filter(Boolean).join(' · ')}
          </span>
          {full && (
            <GoLink href={hrefs.conversation(send.conversationId)} className={styles.quiet}>
              {[send.contact.name, send.claim].filter(Boolean).join(' · ')}
            </GoLink>
          )}
        </p>
        {editing ? (
          <Edit send={send} onDone={() => setEditing(false)} />
        ) : (
          <p className={styles.text}>{send.text || send.template || t('files', { count: send.files })}</p>
        )}
      </div>
      {mayWrite && !editing && <Deeds send={send} onEdit={() => setEditing(true)} />}
    </li>
  );
}

function Deeds({ send, onEdit }: { readonly send: ScheduledSend; readonly onEdit: () => void }) {
  const { t } = useTranslation('scheduled');
  const words = useWords();
  const now = useSendScheduled();
  const cancel = useCancelScheduled();
  const again = useSchedule(send.conversationId);
  const failed = (error: unknown): void => void toast({ text: words.error(error), tone: 'danger' });
  const callOff = () => {
    const { text, channel, template, sendAt } = send;
    const back = { text, ...(channel ? { channel } : {}), ...(template ? { template } : {}), sendAt };
    // A file belongs to one message only: what carried files is written again, not called back.
    const mayReturn = send.files === 0 && Date.parse(sendAt) > hubNow();
    const action = mayReturn ? { label: t('undo'), run: () => void again.mutateAsync(back).catch(failed) } : undefined;
    cancel.mutateAsync(send.id).then(() => void toast({ text: t('canceled'), action }), failed);
  };
  return (
    <span className={styles.deeds}>
      <Button
        size="compact-xs"
        variant="default"
        loading={now.isPending}
        onClick={() => void now.mutateAsync(send).then(() => toast({ text: t('sent') }), failed)}
      >
        {t('now')}
      </Button>
      <Button size="compact-xs" variant="default" onClick={onEdit}>
        {t('edit')}
      </Button>
      <Button size="compact-xs" variant="default" loading={cancel.isPending} onClick={callOff}>
        {t('cancel')}
      </Button>
    </span>
  );
}

const localText = (at: number): string => {
  const moment = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return moment.toISOString().slice(0, 16);
};

function Edit({ send, onDone }: { readonly send: ScheduledSend; readonly onDone: () => void }) {
  const { t } = useTranslation('scheduled');
  const words = useWords();
  const change = useChangeScheduled();
  const [text, setText] = useState(send.text);
  const [at, setAt] = useState(localText(Math.max(Date.parse(send.sendAt), hubNow() + 3_600_000)));
  const sendAt = new Date(at);
  const good = !Number.isNaN(sendAt.getTime()) && sendAt.getTime() > hubNow();
  const save = () =>
    change.mutate(
      { id: send.id, ...(text === send.text ? {} : { text }), sendAt: sendAt.toISOString() },
      { onSuccess: onDone, onError: (error) => toast({ text: words.error(error), tone: 'danger' }) },
    );
  return (
    <div className={styles.edit}>
      <Textarea autosize maxRows={8} aria-label={t('text')} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <div className={styles.line}>
        <TextInput type="datetime-local" aria-label={t('when')} value={at} onChange={(event) => setAt(event.currentTarget.value)} />
        <Button size="xs" variant="filled" loading={change.isPending} disabled={!good} onClick={save}>
          {t('save')}
        </Button>
        <Button size="xs" onClick={onDone}>
          {t('back')}
        </Button>
      </div>
    </div>
  );
}
