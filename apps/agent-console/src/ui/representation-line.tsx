import type { Claim } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconGavel } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useEndRepresentation } from '../client';
import { useWords } from '../locales';
import { GoLink, hrefs } from '../navigation';
import styles from './claim-people.module.css';
import { useDates } from './dates';
import { useMayWrite } from './rights';
import { toast } from './toasts';

type Party = Claim['parties'][number];

/** Who speaks for a party, since when, with the letter that says so; a person may end it. */
export function RepresentationLine({ claim, party }: { readonly claim: Claim; readonly party: Party }) {
  const { t } = useTranslation('aftercare');
  const words = useWords();
  const dates = useDates();
  const mayWrite = useMayWrite();
  const end = useEndRepresentation(claim.number);
  const { representedBy } = party;
  if (!representedBy) return null;
  const contact = claim.parties.find(({ id }) => id === representedBy.id)?.contact;
  const finish = () =>
    void end.mutateAsync(party.id).then(
      () => toast({ text: t('counsel.ended', { name: party.name }) }),
      (error: unknown) => toast({ text: words.error(error), tone: 'danger' }),
    );
  return (
    <p className={styles.represented}>
      <IconGavel size={13} stroke={1.8} aria-hidden /> {t('counsel.by')}{' '}
      {contact ? <GoLink href={hrefs.customer(contact.id)}>{representedBy.name}</GoLink> : representedBy.name}
      {representedBy.since && <span> · {t('counsel.from', { when: dates.day(representedBy.since) })}</span>}
      {representedBy.source && <span> · {t(`counsel.source.${representedBy.source}`)}</span>}
      {representedBy.letter && (
        <>
          {' · '}
          <GoLink href={hrefs.conversation(representedBy.letter.conversation)}>{t('counsel.letter')}</GoLink>
        </>
      )}
      {mayWrite && (
        <Button size="compact-xs" variant="subtle" color="gray" loading={end.isPending} onClick={finish}>
          {t('counsel.end')}
        </Button>
      )}
    </p>
  );
}
