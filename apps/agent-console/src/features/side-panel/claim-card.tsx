import type { Claim, Conversation } from '@claimline/protocol';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFlag, IconLinkOff, IconReplace } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClaim } from '../../client';
import { useOffer } from '../../commands';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import {
  ClaimExposures,
  ClaimParties,
  ClaimPicker,
  CorePageLink,
  ErrorState,
  Fact,
  Facts,
  PanelSection,
  PayeeLinkButton,
  PromisedBy,
  SkeletonRows,
  StageLine,
  useDates,
  useMayWrite,
} from '../../ui';
import { Acknowledge, isUnanswered } from './acknowledge';
import { useLinkWithUndo } from './link-with-undo';
import styles from './side-panel.module.css';

interface ClaimCardProps {
  readonly conversation: Conversation;
  readonly number: string;
}

/** The claim of a thread. The stage, the next step and its promise stand first: nobody scrolls for them. */
export function ClaimCard({ conversation, number }: ClaimCardProps) {
  const { t } = useTranslation('side-panel');
  const { data: claim, error, refetch } = useClaim(number);
  const [moving, setMoving] = useState(false);
  const link = useLinkWithUndo(conversation);
  const words = useWords();
  const mayWrite = useMayWrite();
  const section = t('claim.command');
  useOffer([
    mayWrite && { id: 'conversation.link', title: t('claim.move'), section, keys: 'l', run: () => setMoving(true) },
    mayWrite && { id: 'conversation.unlink', title: t('claim.unlink'), section, run: () => link.to(null) },
  ]);
  const pick = (to: string) => {
    setMoving(false);
    link.to(to);
  };
  const tools = mayWrite && (
    <>
      <ClaimPicker opened={moving} onOpen={setMoving} onPick={pick} title={t('claim.move')}>
        <Tooltip label={t('claim.move')}>
          <ActionIcon aria-label={t('claim.move')} onClick={() => setMoving(!moving)}>
            <IconReplace size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </ClaimPicker>
      <Tooltip label={t('claim.unlink')}>
        <ActionIcon aria-label={t('claim.unlink')} onClick={() => link.to(null)}>
          <IconLinkOff size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </>
  );
  return (
    <PanelSection title={t('claim.title')} aside={tools}>
      {link.error !== null && (
        <p className={styles.problem} role="alert">
          {words.error(link.error)}
        </p>
      )}
      {error && !claim && <ErrorState error={error} retry={() => void refetch()} />}
      {!error && !claim && <SkeletonRows count={2} height={56} />}
      {claim && <ClaimFacts claim={claim} partyId={conversation.party?.id ?? null} />}
      {claim?.stage === 'payment' && claim.subStatus === 'failed' && (
        <div className={styles.choices}>
          <PayeeLinkButton conversation={conversation.id} />
        </div>
      )}
      {isUnanswered(conversation) && (
        <div className={styles.choices}>
          <Acknowledge conversation={conversation} />
        </div>
      )}
    </PanelSection>
  );
}

function ClaimFacts({ claim, partyId }: { readonly claim: Claim; readonly partyId: string | null }) {
  const { t } = useTranslation('side-panel');
  const words = useWords();
  const dates = useDates();
  const flags = [...claim.flags.map((flag) => words.of('flag', flag)), ...(claim.catastrophe ? [claim.catastrophe] : [])];
  return (
    <>
      <p className={styles.claimHead}>
        <GoLink href={hrefs.claim(claim.number)} className={styles.number}>
          {claim.number}
        </GoLink>
        <span className={styles.quiet}>{[words.line(claim.lineOfBusiness), claim.plate].filter(Boolean).join(' · ')}</span>
      </p>
      <StageLine steps={claim.stageLine} subStatus={claim.subStatus} />
      <Facts>
        <Fact label={t('claim.nextStep')}>{claim.nextStep ?? <span className={styles.quiet}>{t('claim.noNextStep')}</span>}</Fact>
        {claim.promisedBy && (
          <Fact label={t('claim.promisedBy')}>
            <PromisedBy at={claim.promisedBy} />
          </Fact>
        )}
        <Fact label={t('claim.handler')}>
          {claim.handler?.name ?? <span className={styles.quiet}>{t('claim.noHandler')}</span>}
          {claim.delegate && <span className={styles.quiet}> · {t('claim.delegate', { name: claim.delegate.name })}</span>}
        </Fact>
        {claim.lossDate && <Fact label={t('claim.lossDate')}>{dates.day(claim.lossDate)}</Fact>}
        {claim.policyNumber && <Fact label={t('claim.policy')}>{claim.policyNumber}</Fact>}
      </Facts>
      <CorePageLink claim={claim} />
      {flags.length > 0 && (
        <ul className={styles.flags} aria-label={t('claim.flags')}>
          {flags.map((flag) => (
            <li key={flag}>
              <IconFlag size={12} stroke={2} aria-hidden /> {flag}
            </li>
          ))}
        </ul>
      )}
      <h4 className={styles.sub}>{t('claim.parties')}</h4>
      <ClaimParties claim={claim} here={partyId} />
      {claim.exposures.length > 0 && (
        <>
          <h4 className={styles.sub}>{t('claim.exposures')}</h4>
          <ClaimExposures claim={claim} />
        </>
      )}
    </>
  );
}
