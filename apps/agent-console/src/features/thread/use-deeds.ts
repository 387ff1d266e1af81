import type { Conversation } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { useAssign, useReopen, useResolve, useSnooze } from '../../client';
import { useWords } from '../../locales';
import { dayAndTime, toast } from '../../ui';

/** What can be done with a conversation; each says that it is done and how to take it back. */
export interface Deeds {
  assign(to: { readonly id: string; readonly name: string } | null): void;
  snooze(until: number): void;
  resolve(): void;
  reopen(): void;
}

/** See {@link Deeds}. `onDone` is told when there is nothing more to do here now. */
export function useDeeds(id: string, conversation: Conversation | undefined, onDone: () => void): Deeds {
  const { t, i18n } = useTranslation('thread');
  const words = useWords();
  const assign = useAssign();
  const snooze = useSnooze();
  const resolve = useResolve();
  const reopen = useReopen();
  const name = conversation?.contact.name ?? '';
  const failed = (error: unknown): void => void toast({ text: words.error(error), tone: 'danger' });
  const done = (text: string, undo: () => void): void => void toast({ text, action: { label: t('undo'), run: undo } });
  // Promises, not callbacks of the mutation: those fall silent when the next conversation takes this one's place.
  const back = (): void => void reopen.mutateAsync({ id }).catch(failed);
  return {
    assign(to) {
      const before = conversation?.assignee?.id ?? null;
      const undo = () => void assign.mutateAsync({ id, assignee: before }).catch(failed);
      const said = to ? t('assigned', { name: to.name }) : t('released');
      assign.mutateAsync({ id, assignee: to?.id ?? null }).then(() => done(said, undo), failed);
    },
    snooze(until) {
      const said = t('snoozed', { name, until: dayAndTime(until, Date.now(), i18n.language) });
      snooze.mutateAsync({ id, until: new Date(until).toISOString() }).then(() => done(said, back), failed);
      onDone();
    },
    resolve() {
      resolve.mutateAsync({ id }).then(() => done(t('resolved', { name }), back), failed);
      onDone();
    },
    reopen: back,
  };
}
