import type { Conversation } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { sendReply, takeBack, useOutgoing } from '../../client';
import { useOffer } from '../../commands';
import { toast, useMayWrite } from '../../ui';

const TEMPLATE = 'loss-heard';
// Long enough to see what was pressed, and to take it back.
const HOLD_MS = 5_000;

/** Whether somebody wrote for the first time and no person has answered yet: only then an acknowledgement says something. */
export const isUnanswered = ({ awaitingReply, clocks }: Conversation): boolean =>
  awaitingReply && clocks.some(({ policy }) => policy.startsWith('first_response.'));

/** Tells the customer with one key that their message is here; it can be taken back for five seconds. */
export function Acknowledge({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('reports');
  const mayWrite = useMayWrite();
  // On its way counts as said: linking the claim in between must not offer it again.
  const isSaid = useOutgoing(conversation.id).some(({ body }) => body.template === TEMPLATE);
  const acknowledge = () => {
    const key = sendReply(conversation.id, { template: TEMPLATE, seen: conversation.position }, HOLD_MS);
    toast({ text: t('acknowledged'), lasts: HOLD_MS, action: { label: t('undo'), run: () => void takeBack(key) } });
  };
  const may = mayWrite && conversation.awaitingReply && !isSaid;
  useOffer([may && { id: 'conversation.acknowledge', title: t('acknowledge'), section: t('section'), keys: 'y', run: acknowledge }]);
  if (!may) return null;
  return (
    <Button leftSection={<IconCheck size={14} stroke={1.8} />} onClick={acknowledge}>
      {t('acknowledge')}
    </Button>
  );
}
