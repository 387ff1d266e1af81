import { useState } from 'react';
import type { BindDone, BindQuestion } from '@claimline/protocol';
import { call, Refusal } from '../call';
import { useWords } from '../language';
import { Loading } from '../link-page';
import type { PageProps } from '../pages';
import { RefusalCard } from '../trouble';
import { Button, Card, Note } from '../ui';
import { useAnswer } from '../use-answer';
import styles from './bind.module.css';
import { BIND_WORDS } from './words';

/** Is this claim or policy yours? Masked, and one tap. */
export default function BindPage({ token }: PageProps) {
  const words = useWords(BIND_WORDS);
  const { answer, refusal, again } = useAnswer(`bind ${token}`, () => call<BindQuestion>('GET', `bind/${token}/question`));
  const [done, setDone] = useState<BindDone>();
  if (done)
    return (
      <Card title={words.doneTitle}>
        <Note tone="good">{done.bound ? words.bound : words.notBound}</Note>
      </Card>
    );
  if (refusal) return <RefusalCard refusal={refusal} again={again} />;
  if (!answer) return <Loading />;
  return <Question token={token} question={answer} onDone={setDone} />;
}

interface QuestionProps {
  readonly token: string;
  readonly question: BindQuestion;
  readonly onDone: (done: BindDone) => void;
}

function Question({ token, question, onDone }: QuestionProps) {
  const words = useWords(BIND_WORDS);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const answer = (mine: boolean): void => {
    setBusy(true);
    setRefusal(undefined);
    call<BindDone>('POST', `bind/${token}/answer`, { mine })
      .then(onDone)
      .catch((error: unknown) => setRefusal(error instanceof Refusal ? error : new Refusal('offline')))
      .finally(() => setBusy(false));
  };
  if (refusal && refusal.code !== 'offline') return <RefusalCard refusal={refusal} again={() => setRefusal(undefined)} />;
  const facts = [
    [words.number[question.kind], question.number],
    [words.holder, question.holder],
    [words.plate, question.plate],
  ].filter(([, value]) => value);
  return (
    <Card title={words.title[question.kind]}>
      <p>{words.hint}</p>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <FactLine key={name} name={name!} value={value!} />
        ))}
      </dl>
      {refusal && <Note tone="danger">{words.failed}</Note>}
      <div className={styles.buttons}>
        <Button busy={busy} onClick={() => answer(true)}>
          {words.yes}
        </Button>
        <Button quiet disabled={busy} onClick={() => answer(false)}>
          {words.no}
        </Button>
      </div>
    </Card>
  );
}

function FactLine({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
