import { Checkbox, PasswordInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChannelField } from './inbox-values';

interface InboxFieldProps {
  readonly field: ChannelField;
  readonly value: string | boolean;
  /** For a secret: one is set, and empty leaves it as it is. */
  readonly isSet: boolean;
  readonly problem: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (value: string | boolean) => void;
}

/** One field of a channel, in the form that fits its type. */
export function InboxField({ field, value, isSet, problem, disabled, onChange }: InboxFieldProps) {
  const { t } = useTranslation('settings');
  const text = typeof value === 'string' ? value : '';
  const described = { label: field.title, description: field.description || undefined, error: problem, disabled };
  if (field.type === 'boolean')
    return <Checkbox {...described} size="sm" checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
  if (field.type === 'choice')
    return (
      <Select
        {...described}
        required={field.required}
        data={[...field.choices]}
        value={text || null}
        onChange={(chosen) => onChange(chosen ?? '')}
      />
    );
  if (field.type === 'secret') {
    return (
      <PasswordInput
        {...described}
        required={field.required && !isSet}
        autoComplete="new-password"
        placeholder={isSet ? t('inboxes.secretSet') : undefined}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...described}
      required={field.required}
      inputMode={field.type === 'number' ? 'numeric' : undefined}
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
