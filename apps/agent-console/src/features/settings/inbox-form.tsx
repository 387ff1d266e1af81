import type { ChannelKinds, Inbox } from '@claimline/protocol';
import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, useCheckInbox, useSaveInbox } from '../../client';
import { useWords } from '../../locales';
import { toast, useMayConfigure } from '../../ui';
import { CheckResult, WebhookAddress } from './inbox-connection';
import { InboxField } from './inbox-field';
import { fieldOfPath, firstValues, inboxBody, missingFields } from './inbox-values';
import styles from './settings-page.module.css';

interface InboxFormProps {
  readonly kind: ChannelKinds['items'][number];
  readonly inbox: Inbox | null;
  readonly onCreated: (id: string) => void;
  readonly onBack: () => void;
}

/** The form of a channel, drawn from what the hub says of it. Saving tests the connection; a refusal marks its field. */
export function InboxForm({ kind, inbox, onCreated, onBack }: InboxFormProps) {
  const { t } = useTranslation('settings');
  const words = useWords();
  const mayConfigure = useMayConfigure();
  const save = useSaveInbox();
  const check = useCheckInbox();
  const [name, setName] = useState(inbox?.name ?? '');
  const [region, setRegion] = useState('US');
  const [values, setValues] = useState(() => firstValues(kind.fields, inbox));
  const [tried, setTried] = useState(false);
  const missing = missingFields(kind.fields, values, inbox?.secretFields ?? []);
  const invalid = save.error instanceof ApiError ? save.error.fields : [];
  const problemOf = (field: string): string | undefined => {
    if (check.data && !check.data.ok && check.data.field === field) return check.data.detail;
    const refused = invalid.find((one) => fieldOfPath(one.path) === field);
    if (refused) return refused.problem;
    return tried && missing.includes(field) ? t('inboxes.missing') : undefined;
  };
  const test = (id: string) => check.mutate(id, { onSuccess: (answer) => answer.ok && toast({ text: t('inboxes.works') }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing.length > 0 || name.trim() === '') return;
    check.reset();
    save.mutate(
      { id: inbox?.id, kind: kind.kind, name: name.trim(), region: region.trim().toUpperCase(), ...inboxBody(kind.fields, values) },
      {
        onSuccess: (saved) => {
          toast({ text: t('inboxes.saved') });
          if (inbox) test(saved.id);
          else onCreated(saved.id);
        },
      },
    );
  };
  return (
    <form className={styles.inboxForm} onSubmit={submit} noValidate>
      {inbox && <WebhookAddress inbox={inbox} />}
      <TextInput
        label={t('inboxes.name')}
        description={t('inboxes.nameHint')}
        required
        maxLength={100}
        value={name}
        disabled={!mayConfigure}
        error={tried && name.trim() === '' ? t('inboxes.missing') : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {!inbox && (
        <TextInput
          label={t('inboxes.region')}
          description={t('inboxes.regionHint')}
          maxLength={2}
          w={120}
          value={region}
          onChange={(event) => setRegion(event.currentTarget.value)}
        />
      )}
      {kind.fields.map((field) => (
        <InboxField
          key={field.name}
          field={field}
          value={values[field.name] ?? ''}
          isSet={inbox?.secretFields.includes(field.name) ?? false}
          problem={problemOf(field.name)}
          disabled={!mayConfigure}
          onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
        />
      ))}
      {save.isError && (
        <p className={styles.problem} role="alert">
          {words.error(save.error)}
        </p>
      )}
      <CheckResult check={check} />
      <div className={styles.foot}>
        {!inbox && (
          <Button variant="subtle" color="gray" onClick={onBack}>
            {t('back')}
          </Button>
        )}
        {inbox && mayConfigure && (
          <Button loading={check.isPending} onClick={() => test(inbox.id)}>
            {t('inboxes.test')}
          </Button>
        )}
        {mayConfigure && (
          <Button type="submit" variant="filled" loading={save.isPending} className={styles.end}>
            {t(inbox ? 'save' : 'inboxes.create')}
          </Button>
        )}
      </div>
    </form>
  );
}
