import type { MoveMessage } from '@claimline/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoveMessage } from '../../client';
import { useOffer } from '../../commands';
import { useWords } from '../../locales';
import { hrefs, useGo } from '../../navigation';
import { toast } from '../../ui';

/** Files a message elsewhere, follows it there on request, and takes it back in one step: by the toast, or by its key. */
export function useMoving(messageId: string) {
  const { t } = useTranslation('paper');
  const words = useWords();
  const go = useGo();
  const move = useMoveMessage();
  const [moved, setMoved] = useState(false);
  const tell = (error: unknown) => toast({ text: words.error(error), tone: 'danger' });
  const undo = () =>
    void move.mutateAsync({ id: messageId, to: null }).then((back) => {
      setMoved(false);
      toast({ text: t('move.undone'), action: { label: t('move.follow'), run: () => go(hrefs.conversation(back.conversation)) } });
    }, tell);
  const to = (where: MoveMessage) =>
    void move.mutateAsync({ id: messageId, to: where }).then(({ claim }) => {
      setMoved(true);
      toast({ text: t('move.done', { claim }), lasts: 12_000, action: { label: t('move.undo'), run: undo } });
    }, tell);
  useOffer([moved && { id: 'message.move-back', title: t('move.undo'), section: t('move.section'), keys: 'z', run: undo }]);
  return { to, pending: move.isPending };
}
