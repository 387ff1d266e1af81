import { useState, type FormEvent } from 'react';
import type { PortalSignInChecked } from '@claimline/protocol';
import { call, Refusal } from '../call';
import { fill, useWords } from '../language';
import { Button, Card, Field, Note } from '../ui';
import { WORDS } from '../words';
import { HOME_WORDS } from './words';

/** Signing in by a code to an address that we know; the page says the same where we do not. */
export function SignIn({ ended, onSignedIn }: { readonly ended: boolean; readonly onSignedIn: () => void }) {
  const words = useWords(HOME_WORDS);
  const frame = useWords(WORDS);
  const [address, setAddress] = useState('');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const during = (work: () => Promise<void>) => (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    work()
      .catch((error: unknown) => setProblem(error instanceof Refusal && error.code === 'too-many-requests' ? frame.busy : frame.offline))
      .finally(() => setBusy(false));
  };
  const ask = during(async () => {
    await call('POST', 'sign-in', { address });
    setAsked(true);
  });
  const check = during(async () => {
    const { state } = await call<PortalSignInChecked>('POST', 'sign-in/check', { address, code });
    if (state === 'ok') return onSignedIn();
    setProblem(state === 'shared' ? words.shared : words.wrong);
  });
  return (
    <Card title={words.signInTitle}>
      {ended && !asked && <Note tone="warn">{words.ended}</Note>}
      {asked ? (
        <form onSubmit={check} style={{ display: 'contents' }}>
          <Note>{fill(words.sentTo, { address })}</Note>
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
            {words.signIn}
          </Button>
          <Button quiet onClick={() => (setAsked(false), setCode(''), setProblem(undefined))}>
            {words.other}
          </Button>
        </form>
      ) : (
        <form onSubmit={ask} style={{ display: 'contents' }}>
          <p>{words.signInWhy}</p>
          <Field label={words.address} value={address} onValue={setAddress} problem={problem} autoComplete="username" required />
          <Button type="submit" busy={busy} disabled={address.trim().length < 3}>
            {words.next}
          </Button>
        </form>
      )}
    </Card>
  );
}
