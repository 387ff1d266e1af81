import { useState, type FormEvent } from 'react';
import type { GiveSurveyAnswers, SurveyAsked, SurveyScores } from '@claimline/protocol';
import { call, Refusal } from '../call';
import { fill, useWords } from '../language';
import { Loading } from '../link-page';
import type { PageProps } from '../pages';
import { RefusalCard } from '../trouble';
import { Button, Card, Note } from '../ui';
import { useAnswer } from '../use-answer';
import styles from './survey.module.css';
import { SURVEY_WORDS } from './words';

type Question = keyof SurveyScores;
const SCALE = [1, 2, 3, 4, 5] as const;

/** How a claim went, in five taps. */
export default function SurveyPage({ token }: PageProps) {
  const words = useWords(SURVEY_WORDS);
  const { answer, refusal, again } = useAnswer(`survey ${token}`, () => call<SurveyAsked>('GET', `survey/${token}/questions`));
  const [isDone, setDone] = useState(false);
  if (isDone)
    return (
      <Card title={words.doneTitle}>
        <Note tone="good">{words.done}</Note>
      </Card>
    );
  if (refusal) return <RefusalCard refusal={refusal} again={again} />;
  if (!answer) return <Loading />;
  return (
    <Card title={words.title}>
      <p>{fill(words.intro, { salutation: answer.salutation, claim: answer.claim })}</p>
      <Questions token={token} questions={answer.questions as Question[]} onDone={() => setDone(true)} />
    </Card>
  );
}

function Questions({ token, questions, onDone }: { token: string; questions: readonly Question[]; onDone: () => void }) {
  const words = useWords(SURVEY_WORDS);
  const [scores, setScores] = useState<Partial<SurveyScores>>({});
  const [comment, setComment] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const lacks = questions.some((question) => scores[question] === undefined);
    setMissing(lacks);
    if (lacks) return;
    setBusy(true);
    const body: GiveSurveyAnswers = { scores: scores as SurveyScores, comment };
    void call('POST', `survey/${token}/answers`, body)
      .then(onDone)
      .catch((error: unknown) => setRefusal(error instanceof Refusal ? error : new Refusal('offline')))
      .finally(() => setBusy(false));
  };
  if (refusal && refusal.code !== 'offline') return <RefusalCard refusal={refusal} again={() => setRefusal(undefined)} />;
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {questions.map((question) => (
        <Scale
          key={question}
          question={question}
          score={scores[question]}
          onScore={(score) => setScores({ ...scores, [question]: score })}
        />
      ))}
      <label className={styles.comment}>
        {words.comment}
        <textarea rows={3} maxLength={2000} value={comment} onChange={(event) => setComment(event.target.value)} />
      </label>
      {isMissing && <Note tone="danger">{words.missing}</Note>}
      {refusal && <Note tone="danger">{words.failed}</Note>}
      <Button type="submit" busy={busy}>
        {words.send}
      </Button>
    </form>
  );
}

function Scale({ question, score, onScore }: { question: Question; score: number | undefined; onScore: (score: number) => void }) {
  const words = useWords(SURVEY_WORDS);
  return (
    <fieldset className={styles.question}>
      <legend>{words[question]}</legend>
      <div className={styles.scale}>
        {SCALE.map((one) => (
          <label key={one} className={styles.score}>
            <input
              type="radio"
              name={question}
              checked={score === one}
              aria-label={fill(words.of, { score: String(one) })}
              onChange={() => onScore(one)}
            />
            <span aria-hidden="true">{one}</span>
          </label>
        ))}
      </div>
      <div className={styles.ends} aria-hidden="true">
        <span>{words.low}</span>
        <span>{words.high}</span>
      </div>
    </fieldset>
  );
}
