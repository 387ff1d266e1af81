import type { Task } from '@claimline/protocol';
import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { IconCircleCheck, IconPhoneCall } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useOwnTask, useStartCall } from '../client';
import { useWords } from '../locales';
import { GoLink, hrefs } from '../navigation';
import { ClockPill } from './clock-pill';
import { isCode } from './code-text';
import { PayeeLinkButton } from './payee-link-button';
import { TaskOutcomeForm } from './task-outcome-form';
import styles from './task-row.module.css';
import { toast } from './toasts';
import { useMayWrite } from './rights';

const outcomeText = (outcome: string, t: TFunction<'desk'>): string =>
  isCode(outcome) ? t(`outcome.${outcome}`, { defaultValue: outcome }) : outcome;

interface TaskRowProps {
  readonly task: Task;
  /** Shows what it is about; not needed beside its own conversation. */
  readonly full?: boolean;
  /** Shows whose it is; not needed in a list of mine. */
  readonly owned?: boolean;
}

/** Where it is done: at its complaint, its conversation, its claim. */
function hrefOf({ kind, params, conversationId, claim }: Task): string | null {
  const complaint = params['complaint'];
  if (typeof complaint === 'string') return hrefs.complaint(complaint);
  if (kind === 'corrective-action') return hrefs.complaintReport;
  return conversationId ? hrefs.conversation(conversationId) : claim ? hrefs.claim(claim) : null;
}

/** Something to be done: what, by when, about whom; finished by choosing how it ended. */
export function TaskRow({ task, full = false, owned = false }: TaskRowProps) {
  const { t } = useTranslation('desk');
  const words = useWords();
  const mayWrite = useMayWrite();
  const [closing, setClosing] = useState(false);
  const href = hrefOf(task);
  const title = words.task(task.kind);
  const about = [full && task.contact?.name, full && task.claim].filter(Boolean).join(' · ');
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <div className={styles.body}>
          <p className={styles.head}>
            {full && href ? (
              <GoLink href={href} className={styles.title}>
                {title}
              </GoLink>
            ) : (
              <span className={styles.title}>{title}</span>
            )}
            {about && <span className={styles.about}>{about}</span>}
          </p>
          {task.reason && <p className={styles.reason}>{isCode(task.reason) ? words.reason(task.reason) : task.reason}</p>}
          {owned && <p className={styles.quiet}>{task.owner ? task.owner.name : t('task.unowned')}</p>}
        </div>
        {task.state === 'open' ? (
          <ClockPill at={task.due} kind="task" />
        ) : (
          <span className={styles.quiet}>{task.outcome ? outcomeText(task.outcome, t) : words.of('taskState', task.state)}</span>
        )}
        {task.state === 'open' && mayWrite && !task.owner && <TakeTask task={task} />}
        {task.state === 'open' && mayWrite && task.kind === 'callback' && task.conversationId && (
          <CallBack conversation={task.conversationId} onCalled={() => setClosing(true)} />
        )}
        {task.state === 'open' && task.kind === 'payment-failed' && task.conversationId && (
          <PayeeLinkButton conversation={task.conversationId} />
        )}
        {task.state === 'open' && mayWrite && (
          <Button
            size="xs"
            onClick={() => setClosing(!closing)}
            aria-expanded={closing}
            leftSection={<IconCircleCheck size={14} stroke={1.8} />}
          >
            {t('task.complete')}
          </Button>
        )}
      </div>
      {closing && <TaskOutcomeForm task={task} onDone={() => setClosing(false)} />}
    </li>
  );
}

/** Makes a task of nobody mine. */
function TakeTask({ task }: { readonly task: Task }) {
  const { t } = useTranslation('desk');
  const words = useWords();
  const me = useMe().data;
  const own = useOwnTask();
  if (!me) return null;
  const take = () => own.mutate({ id: task.id, owner: me.id }, { onError: (error) => toast({ text: words.error(error), tone: 'danger' }) });
  return (
    <Button size="xs" loading={own.isPending} onClick={take}>
      {t('task.take')}
    </Button>
  );
}

/** My phone rings, then theirs; meanwhile the script and the endings are there. */
function CallBack({ conversation, onCalled }: { readonly conversation: string; readonly onCalled: () => void }) {
  const { t } = useTranslation('aftercare');
  const words = useWords();
  const call = useStartCall();
  const start = () => {
    onCalled();
    call.mutate({ id: conversation }, { onError: (error) => toast({ text: words.error(error), tone: 'danger' }) });
  };
  return (
    <Button size="xs" loading={call.isPending} leftSection={<IconPhoneCall size={14} stroke={1.8} />} onClick={start}>
      {t('callback.call')}
    </Button>
  );
}
