import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { startWriting, stopWriting, useClaim, useContact, useWriting, type WritingTo } from '../../client';
import { useOffer } from '../../commands';
import { ErrorState, SkeletonRows, useMayWrite } from '../../ui';
import { ChooseParty } from './choose-party';
import { ChooseRecipient } from './choose-recipient';
import { FirstMessageForm } from './first-message-form';

/** Writing first: to whom, on which channel, what. Opened from anywhere by `startWriting`. */
export function WriteFirstDialog() {
  const { t } = useTranslation('write-first');
  const writing = useWriting();
  const mayWrite = useMayWrite();
  useOffer([mayWrite && { id: 'conversation.write-first', title: t('open'), section: t('section'), keys: 'c', run: () => startWriting() }]);
  return (
    <Modal opened={writing !== null} onClose={stopWriting} title={t('title')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      {writing && <Steps key={JSON.stringify(writing)} first={writing} />}
    </Modal>
  );
}

function Steps({ first }: { readonly first: WritingTo }) {
  const [to, setTo] = useState(first);
  if (to.contact) return <ToContact contact={to.contact} onBack={() => setTo({})} />;
  if (to.claim)
    return (
      <ToParty
        claim={to.claim}
        party={to.party}
        onParty={(party) => setTo({ claim: to.claim, party })}
        onBack={() => setTo(to.party ? { claim: to.claim } : {})}
      />
    );
  return <ChooseRecipient onContact={(contact) => setTo({ contact })} onClaim={(claim) => setTo({ claim })} />;
}

function ToContact({ contact: id, onBack }: { readonly contact: string; readonly onBack: () => void }) {
  const { data: contact, error, refetch } = useContact(id);
  if (error && !contact) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!contact) return <SkeletonRows count={3} height={56} />;
  return <FirstMessageForm contact={contact} onBack={onBack} />;
}

interface ToPartyProps {
  readonly claim: string;
  readonly party: string | undefined;
  readonly onParty: (party: string) => void;
  readonly onBack: () => void;
}

function ToParty({ claim: number, party: id, onParty, onBack }: ToPartyProps) {
  const { data: claim, error, refetch } = useClaim(number);
  const party = claim?.parties.find((one) => one.id === id);
  const { data: contact, error: contactError, refetch: again } = useContact(party?.contact?.id);
  const problem = (!claim && error) || (!contact && contactError);
  if (problem) return <ErrorState error={problem} retry={() => void (claim ? again() : refetch())} />;
  if (!claim) return <SkeletonRows count={3} height={56} />;
  if (!party?.contact || party.representedBy) return <ChooseParty claim={claim} asked={party} onParty={onParty} onBack={onBack} />;
  if (!contact) return <SkeletonRows count={3} height={56} />;
  return <FirstMessageForm contact={contact} claim={claim} party={party} onBack={onBack} />;
}
