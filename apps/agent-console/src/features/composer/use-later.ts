import type { ScheduleMessage } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { hubNow, useSchedule } from '../../client';
import { useWords } from '../../locales';
import { dayAndTime, toast } from '../../ui';

/** Puts a reply aside for a moment, and says when it leaves or why it cannot. `onDone`: it is put aside. */
export function useLater(conversationId: string, onDone: () => void): (reply: Omit<ScheduleMessage, 'sendAt'>, at: number) => void {
  const { t, i18n } = useTranslation('composer');
  const words = useWords();
  const schedule = useSchedule(conversationId);
  return (reply, at) =>
    schedule.mutate(
      { ...reply, sendAt: new Date(at).toISOString() },
      {
        onSuccess: () => {
          onDone();
          toast({ text: t('later.done', { when: dayAndTime(at, hubNow(), i18n.language) }) });
        },
        onError: (error) => toast({ text: words.error(error), tone: 'danger' }),
      },
    );
}
