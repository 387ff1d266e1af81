import { useState, type FormEvent } from 'react';
import type { PortalCodeChecked, PortalCodeSent, PortalLink } from '@claimline/protocol';
import { call, Refusal } from './call';
import { fill, useWords } from './language';
import { Button, Card, Field, Note } from './ui';
import { WORDS, type PortalWords } from './words';

interface StepUpProps {
  readonly path: string;
  readonly to: PortalLink['stepUp']['to'];
  onPassed(): void;
}

const sayWait = (words: PortalWords, { code, retryAfter }: Refusal): string =>
  code === 'too-many-requests' ? fill(words.wait, { minutes: Math.max(1, Math.ceil((retryAfter ?? 60) / 60)) }) : words.offline;

/** Asks for a code before a page that is for one person's eyes. */
export function StepUp({ path, to, onPassed }: StepUpProps) {
  const words = useWords(WORDS);
  const [sent, setSent] = useState<PortalCodeSent>();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const during = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    await work().catch((error: unknown) => setProblem(error instanceof Refusal ? sayWait(words, error) : words.offline));
    setBusy(false);
  };
  const send = (): Promise<void> => during(async () => setSent(await call<PortalCodeSent>('POST', `${path}/code`, {})));
  const check = (event: FormEvent): void => {
    event.preventDefault();
    void during(async () => {
      const { state } = await call<PortalCodeChecked>('POST', `${path}/code/check`, { code });
      if (state === 'ok') return onPassed();
      setProblem({ wrong: words.wrongCode, expired: words.expiredCode, locked: words.lockedCode }[state]);
    });
  };
  if (to === null) return <Card title={words.codeTitle}>{<p>{words.codeNowhere}</p>}</Card>;
  return (
    <Card title={words.codeTitle}>
      {sent ? (
        <form onSubmit={check} style={{ display: 'contents' }}>
          <Note>{fill(words.codeSent, { to: sent.to })}</Note>
          <Field
            label={words.code}
            look="code"
            value={code}
            onValue={(text) => setCode(text.replace(/[^\d]/g, '').slice(0, 6))}
            problem={problem}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
          />
          <Button type="submit" busy={busy} disabled={code.length < 6}>
            {words.check}
          </Button>
          <Button quiet busy={busy} onClick={() => void send()}>
            {words.sendAgain}
          </Button>
        </form>
      ) : (
        <>
          <p>{fill(words.codeWhy, { to })}</p>
          {problem !== undefined && <Note tone="danger">{problem}</Note>}
          <Button busy={busy} onClick={() => void send()}>
            {words.sendCode}
          </Button>
        </>
      )}
    </Card>
  );
}
