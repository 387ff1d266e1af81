import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, useCreateTask } from '../client';
import { useWords } from '../locales';
import { useDates } from './dates';
import { dueChoices } from './due-choices';
import styles from './task-row.module.css';
import { toast } from './toasts';

interface TaskFormProps {
  readonly conversation?: string;
  readonly claim?: string;
  readonly onDone: () => void;
}

/** Writes a task for myself: what, and one of the times that people say. */
export function TaskForm({ conversation, claim, onDone }: TaskFormProps) {
  const { t } = useTranslation('desk');
  const words = useWords();
  const dates = useDates();
  const create = useCreateTask();
  const [reason, setReason] = useState('');
  const choices = dueChoices(new Date(hubNow()));
  const save = (due: Date) =>
    create.mutate(
      { kind: 'follow-up', reason: reason.trim() || undefined, conversation, claim, due: due.toISOString() },
      {
        onSuccess: () => {
          onDone();
          toast({ text: t('task.created', { when: dates.moment(due.toISOString()) }) });
        },
      },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const tomorrow = choices.find((choice) => choice.code === 'tomorrow');
    if (tomorrow) save(tomorrow.at);
  };
  return (
    <form className={styles.outcomes} onSubmit={submit}>
      <TextInput
        autoFocus
        aria-label={t('task.what')}
        placeholder={t('task.what')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
      />
      <p className={styles.question}>{t('task.when')}</p>
      <div className={styles.chips}>
        {choices.map((choice) => (
          <button
            key={choice.code}
            type="button"
            className={styles.chip}
            disabled={create.isPending}
            title={dates.moment(choice.at.toISOString())}
            onClick={() => save(choice.at)}
          >
            {t(`due.${choice.code}`)}
          </button>
        ))}
        <Button size="xs" variant="subtle" color="gray" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
      {create.isError && (
        <p className={styles.problem} role="alert">
          {words.error(create.error)}
        </p>
      )}
    </form>
  );
}
