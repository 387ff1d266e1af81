import type { Conversation } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconLink, IconSearch } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useOffer } from '../../commands';
import { humanised, useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { ClaimPicker, isCode, PanelSection, useMayWrite } from '../../ui';
import styles from './side-panel.module.css';
import { useLinkWithUndo } from './link-with-undo';

interface SuggestionProps {
  readonly claim: Conversation['suggestedClaims'][number];
  /** The open conversation that this customer has about it already. */
  readonly elsewhere: string | undefined;
  readonly action: ReactNode;
}

function Suggestion({ claim, elsewhere, action }: SuggestionProps) {
  const { t } = useTranslation('side-panel');
  const words = useWords();
  const reason = isCode(claim.reason) ? t(`suggested.${claim.reason}`, { defaultValue: humanised(claim.reason) }) : claim.reason;
  return (
    <li className={styles.suggestion}>
      <div className={styles.grow}>
        <p className={styles.strong}>{claim.number}</p>
        <p className={styles.quiet}>{[words.stage(claim.stage), words.line(claim.line)].join(' · ')}</p>
        <p className={styles.reason}>{elsewhere ? t('question.elsewhere') : reason}</p>
      </div>
      {elsewhere ? (
        <GoLink href={hrefs.conversation(elsewhere)} className={styles.open}>
          {t('question.open')}
        </GoLink>
      ) : (
        action
      )}
    </li>
  );
}

/** No claim yet: the suggested ones with their reason, one click each, and a search for any other. */
export function ClaimQuestion({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('side-panel');
  const words = useWords();
  const link = useLinkWithUndo(conversation);
  const mayWrite = useMayWrite();
  const [searching, setSearching] = useState(false);
  const suggested = conversation.suggestedClaims;
  const pick = (claim: string) => {
    setSearching(false);
    link.to(claim);
  };
  const section = t('claim.command');
  // A claim has one open conversation with a customer: where there is one, this one cannot be put on it, but that one can be read.
  const elsewhere = (claim: string) => conversation.others.find((other) => other.claim === claim && other.status !== 'resolved')?.id;
  const first = suggested.find((claim) => elsewhere(claim.number) === undefined);
  useOffer([
    mayWrite && { id: 'conversation.link', title: t('question.link'), section, keys: 'l', run: () => setSearching(true) },
    mayWrite &&
      first && {
        id: 'conversation.link-first',
        title: t('question.linkTo', { claim: first.number }),
        section,
        keys: '1',
        run: () => pick(first.number),
      },
  ]);
  return (
    <PanelSection title={suggested.length > 1 ? t('question.which') : t('claim.title')}>
      {suggested.length === 0 && <p className={styles.hint}>{t('question.none')}</p>}
      <ul className={styles.suggestions}>
        {suggested.map((claim) => (
          <Suggestion
            key={claim.number}
            claim={claim}
            elsewhere={elsewhere(claim.number)}
            action={
              mayWrite && (
                <Button
                  size="xs"
                  variant={claim === first ? 'filled' : 'default'}
                  leftSection={<IconLink size={14} stroke={1.8} />}
                  loading={link.pending === claim.number}
                  onClick={() => pick(claim.number)}
                  aria-label={t('question.linkTo', { claim: claim.number })}
                >
                  {t('question.linkShort')}
                </Button>
              )
            }
          />
        ))}
      </ul>
      {mayWrite && (
        <ClaimPicker opened={searching} onOpen={setSearching} onPick={pick} title={t('question.link')}>
          <Button leftSection={<IconSearch size={14} stroke={1.8} />} onClick={() => setSearching(!searching)}>
            {t('question.other')}
          </Button>
        </ClaimPicker>
      )}
      {link.error !== null && (
        <p className={styles.problem} role="alert">
          {words.error(link.error)}
        </p>
      )}
    </PanelSection>
  );
}
