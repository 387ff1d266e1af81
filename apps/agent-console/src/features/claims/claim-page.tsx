import type { Claim } from '@claimline/protocol';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPencilPlus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { startWriting, useClaim, useTasks } from '../../client';
import { useOffer } from '../../commands';
import { useWords } from '../../locales';
import { usePathParams } from '../../navigation';
import {
  Chip,
  ClaimExposures,
  ClaimParties,
  CorePageLink,
  DocumentsSection,
  ErrorState,
  Fact,
  Facts,
  Page,
  PanelSection,
  PromisedBy,
  SkeletonRows,
  StageLine,
  TaskForm,
  TaskRow,
  useDates,
  useMayWrite,
} from '../../ui';
import { ClaimFileMenu } from './claim-file-menu';
import { ClaimTimeline } from './claim-timeline';
import styles from './claim-page.module.css';
import { DefenceCounsel } from './defence-counsel';

/** One claim: where it stands, who takes part, and everything that happened. */
export function ClaimPage() {
  const { t } = useTranslation('claims');
  const { number = '' } = usePathParams();
  const { data: claim, error, refetch } = useClaim(number);
  return (
    <Page title={number} actions={claim && <ClaimHead claim={claim} />}>
      {error && !claim && <ErrorState error={error} retry={() => void refetch()} />}
      {!error && !claim && <SkeletonRows count={5} />}
      {claim && (
        <div className={styles.page}>
          <div className={styles.stage}>
            <StageLine steps={claim.stageLine} subStatus={claim.subStatus} wide />
          </div>
          <div className={styles.columns}>
            <ClaimTimeline number={number} />
            <aside className={styles.side} aria-label={t('about')}>
              <ClaimAbout claim={claim} />
            </aside>
          </div>
        </div>
      )}
    </Page>
  );
}

function ClaimHead({ claim }: { readonly claim: Claim }) {
  const words = useWords();
  return (
    <>
      {claim.flags.map((flag) => (
        <Chip key={flag} tone="warn">
          {words.of('flag', flag)}
        </Chip>
      ))}
      {claim.catastrophe && <Chip>{claim.catastrophe}</Chip>}
      <span className={styles.line}>{[words.line(claim.lineOfBusiness), claim.jurisdiction].filter(Boolean).join(' · ')}</span>
      <CorePageLink claim={claim} />
      <ClaimFileMenu number={claim.number} />
    </>
  );
}

function ClaimAbout({ claim }: { readonly claim: Claim }) {
  const { t } = useTranslation('claims');
  const dates = useDates();
  const mayWrite = useMayWrite();
  const first = claim.parties.find((party) => !party.representedBy);
  useOffer([
    mayWrite &&
      first && {
        id: 'claim.write',
        title: t('writeTo', { name: first.name }),
        section: t('title'),
        run: () => startWriting({ claim: claim.number, party: first.id }),
      },
  ]);
  const write = (party: Claim['parties'][number]) => {
    // A represented party is not written to; whoever represents them is.
    const to = party.representedBy ?? party.contact;
    if (!mayWrite || !to) return null;
    const start = () => startWriting({ claim: claim.number, party: party.representedBy?.id ?? party.id });
    return (
      <Tooltip label={t('writeTo', { name: to.name })}>
        <ActionIcon aria-label={t('writeTo', { name: to.name })} onClick={start}>
          <IconPencilPlus size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    );
  };
  return (
    <>
      <PanelSection title={t('next')}>
        <Facts>
          <Fact label={t('nextStep')}>{claim.nextStep ?? <span className={styles.quiet}>{t('noNextStep')}</span>}</Fact>
          {claim.promisedBy && (
            <Fact label={t('promisedBy')}>
              <PromisedBy at={claim.promisedBy} />
            </Fact>
          )}
          <Fact label={t('column.handler')}>
            {claim.handler?.name ?? <span className={styles.quiet}>{t('noHandler')}</span>}
            {claim.delegate && <span className={styles.quiet}> · {t('delegate', { name: claim.delegate.name })}</span>}
          </Fact>
          {claim.lossDate && <Fact label={t('column.lossDate')}>{dates.day(claim.lossDate)}</Fact>}
          {claim.policyNumber && <Fact label={t('policy')}>{claim.policyNumber}</Fact>}
          {claim.plate && <Fact label={t('plate')}>{claim.plate}</Fact>}
        </Facts>
      </PanelSection>
      <DocumentsSection number={claim.number} />
      <PanelSection title={t('parties')}>
        <ClaimParties claim={claim} actions={write} />
      </PanelSection>
      {claim.exposures.length > 0 && (
        <PanelSection title={t('exposures')}>
          <ClaimExposures claim={claim} />
        </PanelSection>
      )}
      <ClaimTasks number={claim.number} />
      <DefenceCounsel claim={claim} />
    </>
  );
}

function ClaimTasks({ number }: { readonly number: string }) {
  const { t } = useTranslation('claims');
  const mayWrite = useMayWrite();
  const [adding, setAdding] = useState(false);
  const { data: here = [] } = useTasks('all', 'open', { claim: number });
  const add = mayWrite && (
    <ActionIcon aria-label={t('addTask')} aria-expanded={adding} onClick={() => setAdding(!adding)}>
      <IconPlus size={16} stroke={1.6} />
    </ActionIcon>
  );
  return (
    <PanelSection title={t('tasks')} aside={add}>
      {adding && <TaskForm claim={number} onDone={() => setAdding(false)} />}
      {here.length > 0 && (
        <ul className={styles.tasks}>
          {here.map((task) => (
            <TaskRow key={task.id} task={task} />
          ))}
        </ul>
      )}
    </PanelSection>
  );
}
