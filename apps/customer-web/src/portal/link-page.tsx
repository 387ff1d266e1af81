import { Suspense } from 'react';
import type { PortalBrand, PortalLink } from '@claimline/protocol';
import { call, type Refusal } from './call';
import { Frame } from './frame';
import { Speaking, useWords } from './language';
import { PAGES } from './pages';
import { StepUp } from './step-up';
import { RefusalCard, TroubleCard } from './trouble';
import { Card } from './ui';
import { useAnswer } from './use-answer';
import { WORDS } from './words';

/** Says that something is on its way. */
export function Loading() {
  const words = useWords(WORDS);
  return (
    <Card>
      <p role="status">{words.loading}</p>
    </Card>
  );
}

function Opened({ link, token, again }: { readonly link: PortalLink; readonly token: string; readonly again: () => void }) {
  const Page = PAGES[link.purpose];
  if (link.state !== 'open') return <TroubleCard trouble={link.state} />;
  if (!Page) return <TroubleCard trouble="no-page" />;
  if (link.stepUp.needed && !link.stepUp.passed) return <StepUp path={`${link.purpose}/${token}`} to={link.stepUp.to} onPassed={again} />;
  return (
    <Suspense fallback={<Loading />}>
      <Page token={token} link={link} />
    </Suspense>
  );
}

/** The page of a link: whose it is, whether it still opens, the code where one is wanted, then what it is for. */
export function LinkPage({ purpose, token }: { readonly purpose: string; readonly token: string }) {
  const { answer: link, refusal, again } = useAnswer(`${purpose}/${token}`, () => call<PortalLink>('GET', `${purpose}/${token}`));
  if (refusal && !link) return <Refused refusal={refusal} again={again} />;
  return (
    <Speaking known={link?.brand.language}>
      <Frame brand={link?.brand}>{link ? <Opened link={link} token={token} again={again} /> : <Loading />}</Frame>
    </Speaking>
  );
}

/** A link that nobody knows still stands under the name of the house. */
function Refused(card: { readonly refusal: Refusal; readonly again: () => void }) {
  const { answer: brand } = useAnswer('brand', () => call<PortalBrand>('GET', 'brand'));
  return (
    <Speaking known={undefined}>
      <Frame brand={brand}>
        <RefusalCard {...card} />
      </Frame>
    </Speaking>
  );
}
