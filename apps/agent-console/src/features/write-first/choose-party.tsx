import type { Claim } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { startWriting } from '../../client';
import { useWords } from '../../locales';
import styles from './write-first.module.css';

type Party = Claim['parties'][number];

interface ChoosePartyProps {
  readonly claim: Claim;
  /** The party that was asked for and may not be written to, or has no address. */
  readonly asked: Party | undefined;
  readonly onParty: (id: string) => void;
  readonly onBack: () => void;
}

/** Which party of the claim. A represented one is not written to: its representative is offered instead. */
export function ChooseParty({ claim, asked, onParty, onBack }: ChoosePartyProps) {
  const { t } = useTranslation('write-first');
  const words = useWords();
  return (
    <div className={styles.choose}>
      <div className={styles.toLine}>
        <Button variant="subtle" color="gray" leftSection={<IconArrowLeft size={14} stroke={1.8} />} onClick={onBack}>
          {t('back')}
        </Button>
        <span className={styles.strong}>{claim.number}</span>
      </div>
      {asked && (
        <p className={styles.warning} role="status">
          {asked.representedBy
            ? t('represented', { name: asked.name, by: asked.representedBy.name })
            : t('noContact', { name: asked.name })}
        </p>
      )}
      <ul className={styles.options} aria-label={t('party')}>
        {claim.parties.map((party) => {
          const able = party.contact !== null && party.representedBy === null;
          const by = party.representedBy;
          return (
            <li key={party.id}>
              <button type="button" className={styles.option} disabled={!able} onClick={() => onParty(party.id)}>
                <span className={styles.strong}>{party.name}</span>
                <span className={styles.quiet}>
                  {[words.party(party.role), !able && (by ? t('partyRepresented', { by: by.name }) : t('partyNoAddress'))]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </button>
              {by && (
                <Button size="xs" onClick={() => startWriting({ contact: by.id })}>
                  {t('writeTo', { name: by.name })}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
