import { ROLES } from '@claimline/protocol';
import { MultiSelect, NumberInput, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../../locales';
import type { AccountFields } from './account-fields';

interface AccountFormProps {
  readonly fields: AccountFields;
  readonly isNew: boolean;
  readonly teams: readonly string[];
  readonly onChange: (part: Partial<AccountFields>) => void;
}

const PEOPLE = ROLES.filter((role) => role !== 'integration');
const LINES = ['motor', 'property', 'health', 'liability', 'travel', 'life', 'marine'];
const LANGUAGES = ['zh-CN', 'en'];

/** Who somebody is, what they do, and what the router may give them. */
export function AccountForm({ fields, isNew, teams, onChange }: AccountFormProps) {
  const { t } = useTranslation('accounts');
  const words = useWords();
  const named = (codes: readonly string[], name: (code: string) => string) => codes.map((value) => ({ value, label: name(value) }));
  return (
    <Stack gap="sm">
      <TextInput
        label={t('name')}
        value={fields.name}
        required
        data-autofocus
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      {isNew && (
        <TextInput
          label={t('email')}
          type="email"
          value={fields.email}
          required
          onChange={(event) => onChange({ email: event.currentTarget.value })}
        />
      )}
      <Select
        label={t('role')}
        data={named(PEOPLE, words.role)}
        value={fields.role}
        allowDeselect={false}
        onChange={(role) => onChange({ role: PEOPLE.find((one) => one === role) ?? fields.role })}
      />
      <TextInput
        label={t('phone')}
        description={t('phoneHint')}
        type="tel"
        value={fields.phone}
        onChange={(event) => onChange({ phone: event.currentTarget.value })}
      />
      <TextInput
        label={t('externalId')}
        description={t('externalIdHint')}
        value={fields.externalId}
        onChange={(event) => onChange({ externalId: event.currentTarget.value })}
      />
      <TagsInput label={t('groups')} description={t('groupsHint')} value={[...fields.groups]} onChange={(groups) => onChange({ groups })} />
      <Switch
        label={t('takesWork')}
        checked={fields.takesWork}
        disabled={!isNew && fields.takesWork}
        onChange={(event) => onChange({ takesWork: event.currentTarget.checked })}
      />
      {fields.takesWork && (
        <>
          <TagsInput label={t('teams')} data={[...teams]} value={[...fields.teams]} onChange={(chosen) => onChange({ teams: chosen })} />
          <MultiSelect
            label={t('languages')}
            data={named(LANGUAGES, (code) => words.of('language', code))}
            value={[...fields.languages]}
            onChange={(languages) => onChange({ languages })}
          />
          <MultiSelect
            label={t('lines')}
            data={named([...new Set([...LINES, ...fields.lines])], words.line)}
            value={[...fields.lines]}
            onChange={(lines) => onChange({ lines })}
          />
          <TagsInput
            label={t('licences')}
            description={t('licencesHint')}
            value={[...fields.licences]}
            onChange={(licences) => onChange({ licences })}
          />
          <NumberInput
            label={t('capacity')}
            description={t('capacityHint')}
            min={0}
            max={1000}
            value={fields.capacity}
            onChange={(value) => onChange({ capacity: Number(value) || 0 })}
          />
        </>
      )}
    </Stack>
  );
}
