import { useState, type FormEvent } from 'react';
import type { PayeeChosen, PayeeQuestion } from '@claimline/protocol';
import { call, Refusal } from '../call';
import { fill, useWords } from '../language';
import { Loading } from '../link-page';
import type { PageProps } from '../pages';
import { RefusalCard } from '../trouble';
import { Button, Card, Field, Note } from '../ui';
import { useAnswer } from '../use-answer';
import { FIELDS, METHODS, type Method } from './payee-fields';
import styles from './payee.module.css';
import { PAYEE_WORDS } from './words';

function Chosen({ chosen }: { readonly chosen: PayeeChosen }) {
  const words = useWords(PAYEE_WORDS);
  const method = words[chosen.method as Method];
  return (
    <Card title={words.doneTitle}>
      <Note tone="good">
        {chosen.last4 === null ? fill(words.done, { method }) : fill(words.doneAccount, { method, last4: chosen.last4 })}
      </Note>
      <p>{words.alert}</p>
    </Card>
  );
}

function MethodChoice({ method, onMethod }: { readonly method: Method; readonly onMethod: (method: Method) => void }) {
  const words = useWords(PAYEE_WORDS);
  return (
    <fieldset className={styles.methods}>
      <legend>{words.method}</legend>
      {METHODS.map((one) => (
        <label key={one} className={styles.method}>
          <input type="radio" name="method" checked={one === method} onChange={() => onMethod(one)} />
          {words[one]}
        </label>
      ))}
    </fieldset>
  );
}

function ChoiceForm({ token, onChosen }: { readonly token: string; readonly onChosen: (chosen: PayeeChosen) => void }) {
  const words = useWords(PAYEE_WORDS);
  const [method, setMethod] = useState<Method>('bank-transfer');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const fields = FIELDS[method];
  const send = async (): Promise<void> => {
    const filled = fields.flatMap(({ name }) => (values[name]?.trim() ? [[name, values[name]!.trim()]] : []));
    const payee = { method, ...(Object.fromEntries(filled) as Record<string, string>) };
    await call<PayeeChosen>('POST', `payee/${token}/choice`, { payee })
      .then(onChosen)
      .catch((error: unknown) => {
        const refused = error instanceof Refusal ? error : new Refusal('offline');
        if (refused.code === 'invalid')
          return setWrong(Object.fromEntries(refused.fields.map(({ path }) => [path.split('.').at(-1)!, words.invalid])));
        setRefusal(refused);
      });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const missing = fields.filter(({ name, optional }) => !optional && !values[name]?.trim());
    setWrong(Object.fromEntries(missing.map(({ name }) => [name, words.required])));
    setRefusal(undefined);
    if (missing.length > 0) return;
    setBusy(true);
    void send().finally(() => setBusy(false));
  };
  if (refusal && refusal.code !== 'offline') return <RefusalCard refusal={refusal} again={() => setRefusal(undefined)} />;
  return (
    <form className={styles.form} onSubmit={submit} noValidate autoComplete="off">
      <MethodChoice method={method} onMethod={(next) => (setMethod(next), setWrong({}))} />
      {fields.map(({ name, label, hint }) => (
        <Field
          key={`${method} ${name}`}
          label={words[label]}
          hint={hint && words[hint]}
          value={values[name] ?? ''}
          onValue={(value) => setValues({ ...values, [name]: value })}
          problem={wrong[name]}
          autoComplete="off"
          inputMode={name === 'account' && method === 'bank-transfer' ? 'numeric' : undefined}
        />
      ))}
      {refusal && <Note tone="danger">{words.failed}</Note>}
      <Button type="submit" busy={busy}>
        {words.send}
      </Button>
    </form>
  );
}

/** Where the money goes: behind its link and a code, once. */
export default function PayeePage({ token }: PageProps) {
  const words = useWords(PAYEE_WORDS);
  const { answer, refusal, again } = useAnswer(`payee ${token}`, () => call<PayeeQuestion>('GET', `payee/${token}/choice`));
  const [chosen, setChosen] = useState<PayeeChosen>();
  if (chosen) return <Chosen chosen={chosen} />;
  if (refusal) return <RefusalCard refusal={refusal} again={again} />;
  if (!answer) return <Loading />;
  return (
    <Card title={words.title}>
      <p>{fill(words.intro, { salutation: answer.salutation, claim: answer.claim })}</p>
      <ChoiceForm token={token} onChosen={setChosen} />
    </Card>
  );
}
