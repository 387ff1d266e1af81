import type { SurveyScores } from '@claimline/protocol';
import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswerByPhone } from '../client';
import { useWords } from '../locales';
import styles from './task-row.module.css';
import { toast } from './toasts';

const QUESTIONS = ['overall', 'process', 'attitude', 'efficiency', 'outcome'] as const;
const SCALE = [1, 2, 3, 4, 5] as const;

/** The five questions of a call, with what to say, one click for each answer. */
export function SurveyCallForm({ invitation, onDone }: { readonly invitation: string; readonly onDone: () => void }) {
  const { t } = useTranslation('satisfaction');
  const words = useWords();
  const answer = useAnswerByPhone(invitation);
  const [scores, setScores] = useState<Partial<SurveyScores>>({});
  const [comment, setComment] = useState('');
  const isWhole = QUESTIONS.every((question) => scores[question] !== undefined);
  const saved = (): void => {
    onDone();
    toast({ text: t('call.saved') });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isWhole)
      void answer.mutateAsync({ scores: scores as SurveyScores, comment: comment.trim() || undefined }).then(saved, () => undefined);
  };
  return (
    <form className={styles.outcomes} onSubmit={submit}>
      <p className={styles.script}>{t('call.script')}</p>
      {QUESTIONS.map((question) => (
        <div key={question} role="group" aria-label={t(`call.ask.${question}`)}>
          <p className={styles.question}>{t(`call.ask.${question}`)}</p>
          <div className={styles.chips}>
            {SCALE.map((score) => (
              <button
                key={score}
                type="button"
                className={styles.chip}
                aria-label={t('call.score', { score })}
                aria-pressed={scores[question] === score}
                data-on={scores[question] === score || undefined}
                onClick={() => setScores({ ...scores, [question]: score })}
              >
                {score}
              </button>
            ))}
          </div>
        </div>
      ))}
      <TextInput
        aria-label={t('call.comment')}
        placeholder={t('call.comment')}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        maxLength={2000}
      />
      <Button type="submit" size="xs" disabled={!isWhole} loading={answer.isPending}>
        {t('call.save')}
      </Button>
      {answer.isError && (
        <p className={styles.problem} role="alert">
          {words.error(answer.error)}
        </p>
      )}
      <p className={styles.question}>{t('call.instead')}</p>
    </form>
  );
}
