import { useState } from 'react';
import type { PortalBrand, PortalHome } from '@claimline/protocol';
import { call } from '../call';
import { Frame } from '../frame';
import { fill, Speaking, useLanguage, useWords } from '../language';
import { Loading } from '../link-page';
import { RefusalCard } from '../trouble';
import { Button, Card } from '../ui';
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
            {message.text}
          </li>
        ))}
      </ul>
    </Card>
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
  return (
    <Speaking known={brand?.language}>
      <Home brand={brand} />
    </Speaking>
  );
}
