import { useState } from 'react';
import type { AnswerAppointment, PortalAppointment } from '@claimline/protocol';
import { call, Refusal } from '../call';
import { fill, useLanguage, useWords } from '../language';
import { Loading } from '../link-page';
import type { PageProps } from '../pages';
import { RefusalCard } from '../trouble';
import { Button, Card, Field, Note } from '../ui';
import { useAnswer } from '../use-answer';
import { APPOINTMENT_WORDS } from './words';

const TONES = { invited: 'plain', confirmed: 'good', 'change-asked': 'warn', canceled: 'warn', held: 'plain' } as const;

/** A visit that was agreed on: when, where, with whom; it suits, or another time is asked for; and a file for the customer's own calendar. */
export default function AppointmentPage({ token }: PageProps) {
  const asked = useAnswer(token, () => call<PortalAppointment>('GET', `appointment/${token}/details`));
  const [told, setTold] = useState<PortalAppointment>();
  const [refusal, setRefusal] = useState<Refusal>();
  const appointment = told ?? asked.answer;
  const trouble = refusal ?? asked.refusal;
  if (trouble) return <RefusalCard refusal={trouble} again={() => (setRefusal(undefined), asked.again())} />;
  if (!appointment) return <Loading />;
  const answer = (said: AnswerAppointment) =>
    call<PortalAppointment>('POST', `appointment/${token}/answer`, said).then(setTold, (error: unknown) =>
      setRefusal(error instanceof Refusal ? error : new Refusal('offline')),
    );
  return <Details token={token} appointment={appointment} answer={answer} />;
}

interface DetailsProps {
  readonly token: string;
  readonly appointment: PortalAppointment;
  readonly answer: (said: AnswerAppointment) => Promise<void>;
}

function Details({ token, appointment, answer }: DetailsProps) {
  const words = useWords(APPOINTMENT_WORDS);
  const { language } = useLanguage();
  const { brand, kind, state, place, technician, timeZone } = appointment;
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone });
  const open = state === 'invited' || state === 'confirmed' || state === 'change-asked';
  return (
    <Card title={words[kind]}>
      <Note tone={TONES[state]}>{words[state]}</Note>
      <p>
        <strong>{words.when}</strong>
        <br />
        {format.formatRange(new Date(appointment.startsAt), new Date(appointment.endsAt))}
      </p>
      <p>
        <strong>{words.where}</strong>
        <br />
        {place}
      </p>
      {technician !== null && <p>{fill(words.by, { technician, brand })}</p>}
      {open && <Answers state={state} answer={answer} />}
      {open && <a href={`/api/portal/appointment/${token}/calendar.ics`}>{words.calendar}</a>}
    </Card>
  );
}

function Answers({ state, answer }: Pick<DetailsProps, 'answer'> & { readonly state: PortalAppointment['state'] }) {
  const words = useWords(APPOINTMENT_WORDS);
  const [asking, setAsking] = useState(false);
  const [wish, setWish] = useState('');
  const [busy, setBusy] = useState(false);
  const say = (said: AnswerAppointment): void => {
    setBusy(true);
    void answer(said).finally(() => {
      setBusy(false);
      setAsking(false);
    });
  };
  if (asking) {
    return (
      <>
        <Field label={words.wish} hint={words.wishHint} value={wish} onValue={setWish} maxLength={500} />
        <Button busy={busy} onClick={() => say({ answer: 'change', wish })}>
          {words.send}
        </Button>
      </>
    );
  }
  return (
    <>
      {state !== 'confirmed' && (
        <Button busy={busy} onClick={() => say({ answer: 'confirm' })}>
          {words.confirm}
        </Button>
      )}
      <Button quiet disabled={busy} onClick={() => setAsking(true)}>
        {words.change}
      </Button>
    </>
  );
}
