import type { ChannelKinds, Inbox } from '@claimline/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, useCheckInbox, useCreateInbox, useUpdateInbox } from '../../client';
import { toast } from '../../ui';
import { firstValues, inboxBody, missingFields, speaksOf } from './inbox-values';

/** What stands in the form of an inbox, what is wrong with it, and what can be done: save (which tests), test, stop, start. */
export function useInboxForm(kind: ChannelKinds['items'][number], inbox: Inbox | null, onCreated: (id: string) => void) {
  const { t } = useTranslation('settings');
  const create = useCreateInbox();
  const update = useUpdateInbox();
  const check = useCheckInbox();
  const [name, setName] = useState(inbox?.name ?? '');
  const [region, setRegion] = useState('US');
  const [values, setValues] = useState(() => firstValues(kind.fields, inbox));
  const [tried, setTried] = useState(false);
  const missing = missingFields(kind.fields, values, inbox?.secretFields ?? []);
  const error = create.error ?? update.error;
  const refused = error instanceof ApiError ? error.fields : [];
  const test = () => inbox && check.mutate(inbox.id, { onSuccess: (answer) => answer.ok && toast({ text: t('inboxes.works') }) });
  const problemOf = (field: string): string | undefined => {
    if (check.data?.ok === false && check.data.field === field) return check.data.detail;
    return (
      refused.find((one) => speaksOf(one.path, field))?.problem ?? (tried && missing.includes(field) ? t('inboxes.missing') : undefined)
    );
  };
  const save = () => {
    setTried(true);
    if (missing.length > 0 || name.trim() === '') return;
    check.reset();
    const body = { name: name.trim(), ...inboxBody(kind.fields, values, inbox?.config) };
    if (!inbox)
      create.mutate({ kind: kind.kind, region: region.trim().toUpperCase(), ...body }, { onSuccess: (made) => onCreated(made.id) });
    else update.mutate({ id: inbox.id, ...body }, { onSuccess: test });
  };
  return {
    name: { value: name, set: setName, problem: tried && name.trim() === '' ? t('inboxes.missing') : undefined },
    region: { value: region, set: setRegion },
    values,
    setValue: (field: string, value: string | boolean) => setValues((now) => ({ ...now, [field]: value })),
    problemOf,
    save,
    test,
    setState: (state: Inbox['state']) => inbox && update.mutate({ id: inbox.id, state }),
    check,
    error,
    isSaving: create.isPending || update.isPending,
  };
}
