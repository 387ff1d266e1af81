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
  const back = (): void => reopen.mutate({ id }, { onError: failed });
  return {
    assign(to) {
      const before = conversation?.assignee?.id ?? null;
      const undo = () => assign.mutate({ id, assignee: before }, { onError: failed });
      const said = to ? t('assigned', { name: to.name }) : t('released');
      assign.mutate({ id, assignee: to?.id ?? null }, { onSuccess: () => done(said, undo), onError: failed });
    },
    snooze(until) {
      const said = t('snoozed', { name, until: dayAndTime(until, Date.now(), i18n.language) });
      snooze.mutate({ id, until: new Date(until).toISOString() }, { onSuccess: () => done(said, back), onError: failed });
      onDone();
    },
    resolve() {
      resolve.mutate({ id }, { onSuccess: () => done(t('resolved', { name }), back), onError: failed });
      onDone();
    },
    reopen: back,
  };
}
