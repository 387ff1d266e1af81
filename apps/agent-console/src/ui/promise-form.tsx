import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, useMakePromise } from '../client';
import { useWords } from '../locales';
import { useDates } from './dates';
import { dueChoices } from './due-choices';
import styles from './task-row.module.css';
import { toast } from './toasts';

/** Promises something to the customer of a conversation: what, and by one of the times that people say. */
export function PromiseForm({ conversation, onDone }: { readonly conversation: string; readonly onDone: () => void }) {
  const { t } = useTranslation('aftercare');
  const { t: desk } = useTranslation('desk');
  const words = useWords();
  const dates = useDates();
  const make = useMakePromise();
  const [step, setStep] = useState('');
  const choices = dueChoices(new Date(hubNow()));
  const save = (due: Date) => {
    if (step.trim() === '') return;
    void make.mutateAsync({ step: step.trim(), conversation, due: due.toISOString() }).then(
      () => {
        onDone();
        toast({ text: t('promise.made', { when: dates.moment(due.toISOString()) }) });
      },
      () => undefined,
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const tomorrow = choices.find((choice) => choice.code === 'tomorrow');
    if (tomorrow) save(tomorrow.at);
  };
  return (
    <form className={styles.outcomes} onSubmit={submit}>
      <TextInput
        autoFocus
        aria-label={t('promise.what')}
        placeholder={t('promise.what')}
        value={step}
        maxLength={200}
        onChange={(event) => setStep(event.currentTarget.value)}
      />
      <div className={styles.chips}>
        {choices.map((choice) => (
          <button
            key={choice.code}
            type="button"
            className={styles.chip}
            disabled={make.isPending || step.trim() === ''}
            title={dates.moment(choice.at.toISOString())}
            onClick={() => save(choice.at)}
          >
            {desk(`due.${choice.code}`)}
          </button>
        ))}
        <Button size="xs" variant="subtle" color="gray" onClick={onDone}>
          {desk('cancel')}
        </Button>
      </div>
      {make.isError && (
        <p className={styles.problem} role="alert">
          {words.error(make.error)}
        </p>
      )}
    </form>
  );
}
