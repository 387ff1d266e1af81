import type { Claim } from '@claimline/protocol';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../locales';
import { GoLink, hrefs } from '../navigation';
import { Chip } from './chip';
import styles from './claim-people.module.css';
import { RepresentationLine } from './representation-line';

type Party = Claim['parties'][number];

interface ClaimPartiesProps {
  readonly claim: Claim;
  /** The party of the open thread. */
  readonly here?: string | null;
  /** What can be done with a party, at the end of its line. */
  readonly actions?: (party: Party) => ReactNode;
}

/** Who takes part in a claim. A represented party says so at once: it may not be written to. */
export function ClaimParties({ claim, here = null, actions }: ClaimPartiesProps) {
  const { t } = useTranslation('desk');
  const words = useWords();
  if (claim.parties.length === 0) return <p className={styles.none}>{t('party.none')}</p>;
  return (
    <ul className={styles.list}>
      {claim.parties.map((party) => (
        <li key={party.id} className={styles.row}>
          <div className={styles.body}>
            <p className={styles.head}>
              {party.contact ? <GoLink href={hrefs.customer(party.contact.id)}>{party.name}</GoLink> : <span>{party.name}</span>}
              {party.id === here && <Chip tone="accent">{t('party.here')}</Chip>}
            </p>
            <p className={styles.quiet}>
              {[words.party(party.role), party.language && words.of('language', party.language)].filter(Boolean).join(' · ')}
            </p>
            <RepresentationLine claim={claim} party={party} />
          </div>
          {actions && <div className={styles.actions}>{actions(party)}</div>}
        </li>
      ))}
    </ul>
  );
}

/** What is claimed by whom, each with its own stage. */
export function ClaimExposures({ claim }: { readonly claim: Claim }) {
  const words = useWords();
  const nameOf = (id: string | null): string | null => claim.parties.find((party) => party.id === id)?.name ?? null;
  return (
    <ul className={styles.list}>
      {claim.exposures.map((exposure) => (
        <li key={exposure.id} className={styles.row}>
          <div className={styles.body}>
            <p className={styles.head}>{words.of('exposure', exposure.kind)}</p>
            {nameOf(exposure.party) && <p className={styles.quiet}>{nameOf(exposure.party)}</p>}
          </div>
          <span className={styles.stage} data-bad={exposure.subStatus === 'failed' || exposure.subStatus === 'denied' || undefined}>
            {words.stage(exposure.stage)}
            {exposure.subStatus && <small>{words.of('subStatus', exposure.subStatus)}</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}
