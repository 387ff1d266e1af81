import type { Conversation } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { useLinkClaim } from '../../client';
import { toast } from '../../ui';

/** Binds the conversation to a claim (or to none), and offers to take it back in one step. */
export function useLinkWithUndo(conversation: Conversation) {
  const { t } = useTranslation('side-panel');
  const link = useLinkClaim();
  const before = { id: conversation.id, claim: conversation.claim?.number ?? null, party: conversation.party?.id };
  const tell = (claim: string | null) => () => {
    const text = claim ? t('claim.moved', { claim }) : t('claim.unlinked', { claim: before.claim });
    toast({ text, action: { label: t('claim.undo'), run: () => link.mutate(before) } });
  };
  // The question is gone from the screen as soon as it is answered: only the promise outlives it, its `error` is shown where it stands.
  const to = (claim: string | null) => void link.mutateAsync({ id: conversation.id, claim }).then(tell(claim), () => undefined);
  return { to, pending: link.isPending ? link.variables.claim : undefined, error: link.error };
}
