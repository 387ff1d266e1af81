import type { ChannelKinds, Inbox } from '@claimline/protocol';
import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { useMayConfigure } from '../../ui';
import { CheckResult, WebhookAddress } from './inbox-connection';
import { InboxField } from './inbox-field';
import styles from './settings-page.module.css';
import { useInboxForm } from './use-inbox-form';

interface InboxFormProps {
  readonly kind: ChannelKinds['items'][number];
  readonly inbox: Inbox | null;
  /** It was connected a moment ago: its line is tried at once. */
  readonly isNew: boolean;
  readonly onCreated: (id: string) => void;
  readonly onBack: () => void;
}

/** The form of a channel, drawn from what the hub says of it. Saving tests the connection; a refusal marks its field. */
export function InboxForm({ kind, inbox, isNew, onCreated, onBack }: InboxFormProps) {
  const { t } = useTranslation('settings');
  const words = useWords();
  const mayConfigure = useMayConfigure();
  const form = useInboxForm(kind, inbox, onCreated);
  const tried = useRef(false);
  useEffect(() => {
    if (!isNew || tried.current) return;
    tried.current = true;
    form.test();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.save();
  };
  return (
    <form className={styles.inboxForm} onSubmit={submit} noValidate>
      {inbox && <WebhookAddress inbox={inbox} />}
      <TextInput
        label={t('inboxes.name')}
        description={t('inboxes.nameHint')}
        required
        data-autofocus={!inbox || undefined}
        autoFocus={!inbox}
        maxLength={100}
        value={form.name.value}
        disabled={!mayConfigure}
        error={form.name.problem}
        onChange={(event) => form.name.set(event.currentTarget.value)}
      />
      {!inbox && (
        <TextInput
          label={t('inboxes.region')}
          description={t('inboxes.regionHint')}
          maxLength={2}
          w={120}
          value={form.region.value}
          onChange={(event) => form.region.set(event.currentTarget.value)}
        />
      )}
      {kind.fields.map((field) => (
        <InboxField
          key={field.name}
          field={field}
          value={form.values[field.name] ?? ''}
          isSet={inbox?.secretFields.includes(field.name) ?? false}
          problem={form.problemOf(field.name)}
          disabled={!mayConfigure}
          onChange={(value) => form.setValue(field.name, value)}
        />
      ))}
      {form.error && (
        <p className={styles.problem} role="alert">
          {words.error(form.error)}
        </p>
      )}
      <CheckResult check={form.check} />
      {mayConfigure && <Buttons form={form} inbox={inbox} onBack={onBack} />}
    </form>
  );
}

interface ButtonsProps {
  readonly form: ReturnType<typeof useInboxForm>;
  readonly inbox: Inbox | null;
  readonly onBack: () => void;
}

function Buttons({ form, inbox, onBack }: ButtonsProps) {
  const { t } = useTranslation('settings');
  const stopped = inbox?.state === 'stopped';
  return (
    <div className={styles.foot}>
      {!inbox && (
        <Button variant="subtle" color="gray" onClick={onBack}>
          {t('back')}
        </Button>
      )}
      {inbox && (
        <>
          <Button loading={form.check.isPending} onClick={form.test}>
            {t('inboxes.test')}
          </Button>
          <Button
            variant="subtle"
            color={stopped ? 'accent' : 'red'}
            disabled={form.isSaving}
            onClick={() => form.setState(stopped ? 'active' : 'stopped')}
          >
            {t(stopped ? 'inboxes.start' : 'inboxes.stop')}
          </Button>
        </>
      )}
      <Button type="submit" variant="filled" loading={form.isSaving} className={styles.end}>
        {t(inbox ? 'save' : 'inboxes.create')}
      </Button>
    </div>
  );
}
