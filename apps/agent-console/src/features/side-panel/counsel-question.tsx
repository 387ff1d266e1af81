import type { Claim, Conversation } from '@claimline/protocol';
import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClaim, useCounselSuggestion, useNoteRepresentation } from '../../client';
import { useWords } from '../../locales';
import { ClaimPicker, PanelSection, toast, useMayWrite } from '../../ui';
import styles from './side-panel.module.css';

const SPEAKERS = ['attorney', 'lawyer', 'representative', 'defence-counsel'];
const spokenFor = (claim: Claim) => claim.parties.filter(({ role, representedBy }) => !SPEAKERS.includes(role) && !representedBy);

/** A letter looks like a law firm's: for whom they speak, and in which claim, is a person's to say. */
export function CounselQuestion({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('aftercare');
  const mayWrite = useMayWrite();
  const { data: suggestion } = useCounselSuggestion(conversation.id);
  const [picked, setPicked] = useState<string | null>(null);
  const [searching, setSearching] = useState(false);
  const number = picked ?? suggestion?.claim?.number ?? null;
  const { data: claim } = useClaim(number);
  if (!suggestion || !mayWrite) return null;
  const pick = (one: string) => {
    setSearching(false);
    setPicked(one);
  };
  return (
    <PanelSection title={t('question.title')}>
      <p className={styles.hint}>{t('question.hint', { name: suggestion.sender.name })}</p>
      {claim && <Answer key={claim.number} claim={claim} contact={suggestion.sender.contact} message={suggestion.message} />}
      <div className={styles.choices}>
        <ClaimPicker opened={searching} onOpen={setSearching} onPick={pick} title={t('question.claim')}>
          <Button variant="subtle" color="gray" size="xs" onClick={() => setSearching(!searching)}>
            {t(claim ? 'question.otherClaim' : 'question.claim')}
          </Button>
        </ClaimPicker>
      </div>
    </PanelSection>
  );
}

interface AnswerProps {
  readonly claim: Claim;
  readonly contact: string;
  readonly message: string | null;
}

function Answer({ claim, contact, message }: AnswerProps) {
  const { t } = useTranslation('aftercare');
  const words = useWords();
  const note = useNoteRepresentation(claim.number);
  const parties = spokenFor(claim);
  const [party, setParty] = useState<string | null>(parties.length === 1 ? parties[0]!.id : null);
  const name = parties.find(({ id }) => id === party)?.name;
  const save = () => {
    if (!party) return;
    void note.mutateAsync({ party, counsel: { contact }, ...(message && { evidence: { message } }) }).then(
      () => toast({ text: t('question.noted', { name }) }),
      () => undefined,
    );
  };
  if (parties.length === 0) return <p className={styles.hint}>{t('question.nobody', { claim: claim.number })}</p>;
  return (
    <>
      <Select
        label={t('question.whom', { claim: claim.number })}
        placeholder={t('question.choose')}
        data={parties.map(({ id, name: label, role }) => ({ value: id, label: `${label} · ${words.party(role)}` }))}
        value={party}
        onChange={setParty}
      />
      <div className={styles.choices}>
        <Button variant="filled" size="xs" disabled={!party} loading={note.isPending} onClick={save}>
          {name ? t('question.confirm', { name }) : t('question.confirmNobody')}
        </Button>
      </div>
      {note.isError && (
        <p className={styles.problem} role="alert">
          {words.error(note.error)}
        </p>
      )}
    </>
  );
}
