import type { Conversation } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconLink, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOffer } from '../../commands';
import { humanised, useWords } from '../../locales';
import { ClaimPicker, isCode, PanelSection, useMayWrite } from '../../ui';
import styles from './side-panel.module.css';
import { useLinkWithUndo } from './link-with-undo';

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
  const first = suggested[0];
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
          <li key={claim.number} className={styles.suggestion}>
            <div className={styles.grow}>
              <p className={styles.strong}>{claim.number}</p>
              <p className={styles.quiet}>{[words.stage(claim.stage), words.line(claim.line)].join(' · ')}</p>
              <p className={styles.reason}>
                {isCode(claim.reason) ? t(`suggested.${claim.reason}`, { defaultValue: humanised(claim.reason) }) : claim.reason}
              </p>
            </div>
            {mayWrite && (
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
            )}
          </li>
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
