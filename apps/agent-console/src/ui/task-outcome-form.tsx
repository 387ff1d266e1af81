import type { Task } from '@claimline/protocol';
import { TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, useCompleteTask } from '../client';
import { useWords } from '../locales';
import { useDates } from './dates';
import { dueChoices } from './due-choices';
import { SurveyCallForm } from './survey-call-form';
import { asksForNext, outcomesOf, scriptOf } from './task-outcomes';
import styles from './task-row.module.css';
import { toast } from './toasts';

/** How a task ended, with one click; a call about satisfaction with the answers that were given. */
export function TaskOutcomeForm({ task, onDone }: FormProps) {
  const { invitation } = task.params;
  return (
    <>
      {task.kind === 'survey-call' && typeof invitation === 'string' && <SurveyCallForm invitation={invitation} onDone={onDone} />}
      <OutcomeForm task={task} onDone={onDone} />
    </>
  );
}

interface FormProps {
  readonly task: Task;
  readonly onDone: () => void;
}

// Where somebody is to be called again, it is asked when.
function OutcomeForm({ task, onDone }: FormProps) {
  const { t } = useTranslation('desk');
  const { t: more } = useTranslation('aftercare');
  const words = useWords();
  const complete = useCompleteTask();
  const [note, setNote] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const script = scriptOf(task);
  const finished = (outcome: string) => () => {
    onDone();
    toast({ text: t('task.completed', { outcome: t(`outcome.${outcome}`) }) });
  };
  // A finished task leaves the list before the answer is told: only the promise outlives its row.
  const finish = (outcome: string, next?: Date) =>
    void complete
      .mutateAsync({ id: task.id, outcome, note: note.trim() || undefined, next: next?.toISOString() })
      .then(finished(outcome), () => undefined);
  const choose = (outcome: string) => (asksForNext(task.kind, outcome) ? setChosen(outcome) : finish(outcome));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    finish(chosen ?? 'done');
  };
  return (
    <form className={styles.outcomes} onSubmit={submit}>
      {script && <p className={styles.script}>{more(`script.${script}`)}</p>}
      {task.kind === 'callback' && (
        <p className={styles.question}>{more('callback.attempt', { n: Number(task.params['attempt'] ?? 1) })}</p>
      )}
      <p className={styles.question}>{t('task.how')}</p>
      <div className={styles.chips}>
        {outcomesOf(task.kind, task.reason).map((outcome) => (
          <button
            key={outcome}
            type="button"
            className={styles.chip}
            aria-pressed={chosen === outcome}
            data-on={chosen === outcome || undefined}
            disabled={complete.isPending}
            onClick={() => choose(outcome)}
          >
            {t(`outcome.${outcome}`)}
          </button>
        ))}
      </div>
      {chosen && <NextContact onPick={(next) => finish(chosen, next)} busy={complete.isPending} />}
      <TextInput
        aria-label={t('task.note')}
        placeholder={t('task.note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={2000}
      />
      {complete.isError && (
        <p className={styles.problem} role="alert">
          {words.error(complete.error)}
        </p>
      )}
    </form>
  );
}

function NextContact({ onPick, busy }: { readonly onPick: (next?: Date) => void; readonly busy: boolean }) {
  const { t } = useTranslation('desk');
  const { t: more } = useTranslation('aftercare');
  const dates = useDates();
  return (
    <>
      <p className={styles.question}>{more('callback.next')}</p>
      <div className={styles.chips}>
        {dueChoices(new Date(hubNow())).map((choice) => (
          <button
            key={choice.code}
            type="button"
            className={styles.chip}
            disabled={busy}
            title={dates.moment(choice.at.toISOString())}
            onClick={() => onPick(choice.at)}
          >
            {t(`due.${choice.code}`)}
          </button>
        ))}
        <button type="button" className={styles.chip} disabled={busy} onClick={() => onPick()}>
          {more('callback.byItself')}
        </button>
      </div>
    </>
  );
}
