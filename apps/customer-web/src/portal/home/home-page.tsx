import { useState } from 'react';
import type { PortalBrand, PortalHome, PortalPreferencesPage } from '@claimline/protocol';
import { call } from '../call';
import { Frame } from '../frame';
import { fill, Speaking, useLanguage, useWords } from '../language';
import { Loading } from '../link-page';
import { RefusalCard } from '../trouble';
import { Button, Card, Note } from '../ui';
import { useAnswer } from '../use-answer';
import styles from './home.module.css';
import { SignIn } from './sign-in';
import { HOME_WORDS } from './words';

type Claim = PortalHome['claims'][number];

const day = (date: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));

function ClaimCard({ claim }: { readonly claim: Claim }) {
  const words = useWords(HOME_WORDS);
  const { language } = useLanguage();
  return (
    <Card>
      <h2>
        {fill(words.stage, { stage: claim.stageLabel })} <span className={styles.number}>{claim.number}</span>
      </h2>
      <ol className={styles.steps} aria-label={fill(words.claimProgress, { number: claim.number })}>
        {claim.steps.map((step) => (
          <li
            key={step.stage}
            className={styles.step}
            data-state={step.state}
            aria-current={step.state === 'current' ? 'step' : undefined}
            title={step.label}
          >
            <span className={styles.unseen}>{step.label}</span>
          </li>
        ))}
      </ol>
      <dl className={styles.facts}>
        {claim.nextStep !== null && (
          <>
            <dt>{words.nextStep}</dt>
            <dd>
              {claim.nextStep}
              {claim.promisedBy !== null && ` · ${fill(words.nextBy, { date: day(claim.promisedBy, language) })}`}
            </dd>
          </>
        )}
        {claim.handler !== null && (
          <>
            <dt>{words.handler}</dt>
            <dd>{claim.handler}</dd>
          </>
        )}
        {claim.lossDate !== null && (
          <>
            <dt>{words.lossDate}</dt>
            <dd>{day(claim.lossDate, language)}</dd>
          </>
        )}
      </dl>
    </Card>
  );
}

function Messages({ messages }: { readonly messages: PortalHome['messages'] }) {
  const words = useWords(HOME_WORDS);
  const { language } = useLanguage();
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Card title={words.messages} level={2}>
      {messages.length === 0 && <p>{words.noMessages}</p>}
      <ul className={styles.messages}>
        {messages.map((message) => (
          <li key={message.id} className={styles.message} data-us={message.fromUs}>
            <span className={styles.when}>
              {message.fromUs ? words.us : words.you} · {when.format(new Date(message.at))}
              {message.claim !== null && ` · ${message.claim}`}
            </span>
            <Linked text={message.text} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

// Our own pages only, and by their path: an address in a text is anybody's.
const OWN_PAGE = /https?:\/\/[^\s/]+(\/portal\/[a-z]+\/[\w-]{43})/;

/** A message with the links to pages of ours as something to tap. */
function Linked({ text }: { readonly text: string }) {
  const words = useWords(HOME_WORDS);
  const [before, page, ...after] = text.split(OWN_PAGE);
  if (page === undefined) return text;
  return (
    <>
      {before}
      <a href={page}>{words.openPage}</a>
      {after.join('')}
    </>
  );
}

/** Opens the page on which they say how they want to be written to. */
function PreferencesButton() {
  const words = useWords(HOME_WORDS);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const go = (): void => {
    setBusy(true);
    setFailed(false);
    call<PortalPreferencesPage>('POST', 'home/preferences', {}).then(
      ({ path }) => window.location.assign(path),
      () => (setBusy(false), setFailed(true)),
    );
  };
  return (
    <>
      <Button quiet busy={busy} onClick={go}>
        {words.preferences}
      </Button>
      {failed && <Note tone="danger">{words.notOpened}</Note>}
    </>
  );
}

function SignedIn({ home, onLeft }: { readonly home: PortalHome; readonly onLeft: () => void }) {
  const words = useWords(HOME_WORDS);
  const leave = (): void => void call('POST', 'sign-out', {}).finally(onLeft);
  return (
    <>
      <div className={styles.top}>
        <h1 className={styles.hello}>{fill(words.greeting, { salutation: home.salutation })}</h1>
        <Button quiet onClick={leave}>
          {words.signOut}
        </Button>
      </div>
      {home.claims.length === 0 && (
        <Card>
          <p>{words.noClaims}</p>
        </Card>
      )}
      {home.claims.map((claim) => (
        <ClaimCard key={claim.number} claim={claim} />
      ))}
      <Messages messages={home.messages} />
      <PreferencesButton />
      <p className={styles.number}>{words.expiry}</p>
    </>
  );
}

function Home({ brand }: { readonly brand: PortalBrand | undefined }) {
  const { language } = useLanguage();
  const [left, setLeft] = useState(false);
  const [entered, setEntered] = useState(false);
  const { answer: home, refusal, again } = useAnswer(`home ${language}`, () => call<PortalHome>('GET', `home?language=${language}`));
  const enter = (): void => {
    setLeft(false);
    setEntered(true);
    again();
  };
  const stranger = left || refusal?.code === 'not-signed-in';
  return (
    <Frame brand={home?.brand ?? brand}>
      {stranger && <SignIn ended={entered && !left} onSignedIn={enter} />}
      {!stranger && refusal && <RefusalCard refusal={refusal} again={again} />}
      {!stranger && !refusal && !home && <Loading />}
      {!stranger && home && <SignedIn home={home} onLeft={() => setLeft(true)} />}
    </Frame>
  );
}

/** `/portal` without a link: sign-in by code, then where the customer's claims stand, what happens next and by when. */
export function HomePage() {
  const { answer: brand } = useAnswer('brand', () => call<PortalBrand>('GET', 'brand'));
  // Nobody knows yet who is there: the language of their phone says more than the brand's.
  return (
    <Speaking known={undefined}>
      <Home brand={brand} />
    </Speaking>
  );
}
