import { MultiSelect, NumberInput, Radio, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow } from '../../client';
import { useColleagues } from './accused';
import { useHandlingWords } from './handling-words';
import { agreements } from './message-choice';
import type { StepFieldsProps } from './next-step';

/** Keeps what was entered and says it on. */
function useEntered<Values extends object>(
  first: Values,
  onChange: StepFieldsProps['onChange'],
  read: (values: Values) => { ready: boolean; body: object },
) {
  const [values, setValues] = useState(first);
  const enter = (part: Partial<Values>) => {
    const next = { ...values, ...part };
    setValues(next);
    onChange(read(next));
  };
  return [values, enter] as const;
}

/** Step 1: what it is about, what they want, who is meant, how many speak. */
export function ConfirmFields({ complaint, onChange }: StepFieldsProps) {
  const { t } = useTranslation('complaints');
  const colleagues = useColleagues();
  const [values, enter] = useEntered(
    { content: complaint.content, demand: '', unstated: false, against: complaint.against.map(({ id }) => id), representatives: 1 },
    onChange,
    ({ content, demand, unstated, against, representatives }) => ({
      ready: content.trim() !== '' && (unstated || demand.trim() !== '') && representatives >= 1 && representatives <= 5,
      body: { content, demand: unstated ? null : demand, against, representatives },
    }),
  );
  return (
    <Stack gap={10}>
      <Textarea
        label={t('content')}
        value={values.content}
        onChange={(event) => enter({ content: event.currentTarget.value })}
        autosize
        minRows={2}
        maxRows={8}
      />
      <Textarea
        label={t('demand')}
        value={values.demand}
        disabled={values.unstated}
        onChange={(event) => enter({ demand: event.currentTarget.value })}
        autosize
        minRows={2}
      />
      <Switch
        label={t('demandUnstated')}
        checked={values.unstated}
        onChange={(event) => enter({ unstated: event.currentTarget.checked })}
      />
      <MultiSelect
        label={t('against')}
        description={t('againstHint')}
        data={colleagues}
        value={values.against}
        onChange={(against) => enter({ against })}
        searchable
      />
      <NumberInput
        label={t('representativesLabel')}
        description={t('representativesHint')}
        min={1}
        max={5}
        value={values.representatives}
        onChange={(value) => enter({ representatives: Number(value) })}
        w={220}
      />
    </Stack>
  );
}

/** Why it ends without an outcome. */
export function EndFields({ onChange }: StepFieldsProps) {
  const { t } = useTranslation('complaints');
  const [values, enter] = useEntered({ reason: '' }, onChange, ({ reason }) => ({ ready: reason.trim() !== '', body: { reason } }));
  return (
    <TextInput
      label={t('reason')}
      value={values.reason}
      onChange={(event) => enter({ reason: event.currentTarget.value })}
      maxLength={1000}
    />
  );
}

/** Step 2: the category brings its tasks and its clock. */
export function ClassifyFields({ complaint, onChange }: StepFieldsProps) {
  const { t } = useTranslation('complaints');
  const { categories } = useHandlingWords();
  const [values, enter] = useEntered({ category: '', regulator: complaint.regulator ?? '' }, onChange, ({ category, regulator }) => ({
    ready: category !== '',
    body: { category, regulator: regulator.trim() || null },
  }));
  return (
    <Stack gap={10}>
      <Select
        label={t('category')}
        data={categories}
        value={values.category || null}
        onChange={(value) => enter({ category: value ?? '' })}
      />
      <TextInput
        label={t('regulator')}
        description={t('regulatorHint')}
        value={values.regulator}
        onChange={(event) => enter({ regulator: event.currentTarget.value })}
      />
    </Stack>
  );
}

/** Step 3: who looks into it; those complained about are not on the list. */
export function InvestigateFields({ complaint, onChange }: StepFieldsProps) {
  const { t } = useTranslation('complaints');
  const colleagues = useColleagues(complaint.against.map(({ id }) => id));
  const [values, enter] = useEntered({ investigator: '' }, onChange, ({ investigator }) => ({
    ready: investigator !== '',
    body: { investigator },
  }));
  return (
    <Select
      label={t('investigator')}
      description={t('investigatorHint')}
      data={colleagues}
      value={values.investigator || null}
      onChange={(value) => enter({ investigator: value ?? '' })}
      searchable
    />
  );
}

const DAY_MS = 86_400_000;

/** Step 4: what is proposed, by whom and until when, and what caused it. */
export function ProposeFields({ complaint, onChange }: StepFieldsProps) {
  const { t } = useTranslation('complaints');
  const { causes } = useHandlingWords();
  const colleagues = useColleagues(complaint.against.map(({ id }) => id));
  const before = complaint.investigation;
  const inThreeDays = new Date(hubNow() + 3 * DAY_MS).toISOString().slice(0, 10);
  const [values, enter] = useEntered(
    { text: before?.proposal?.text ?? '', cause: before?.rootCause ?? '', owner: before?.proposal?.owner.id ?? '', due: inThreeDays },
    onChange,
    ({ text, cause, owner, due }) => ({
      ready: text.trim() !== '' && cause !== '' && owner !== '' && due !== '',
      body: { text, rootCause: cause, owner, due: new Date(`${due}T17:00:00`).toISOString() },
    }),
  );
  return (
    <Stack gap={10}>
      <Textarea
        label={t('proposal')}
        value={values.text}
        onChange={(event) => enter({ text: event.currentTarget.value })}
        autosize
        minRows={3}
      />
      <Select
        label={t('rootCause')}
        data={causes}
        value={values.cause || null}
        onChange={(value) => enter({ cause: value ?? '' })}
        searchable
      />
      <Select
        label={t('proposalOwner')}
        data={colleagues}
        value={values.owner || null}
        onChange={(value) => enter({ owner: value ?? '' })}
        searchable
      />
      <TextInput label={t('due')} type="date" w={180} value={values.due} onChange={(event) => enter({ due: event.currentTarget.value })} />
    </Stack>
  );
}

/** Step 5: with what the customer said, or without it and with where else they may go. */
export function ExecuteFields({ complaint, onChange }: StepFieldsProps) {
  const { t } = useTranslation('complaints');
  const handling = useHandlingWords();
  const choices = agreements(complaint).map(({ id, kind, text }) => ({
    value: id,
    label: `${t(`proof.${kind}`, { defaultValue: '' })}${text || '–'}`.slice(0, 90),
  }));
  const [values, enter] = useEntered(
    { agreement: 'agreed', message: '', routes: handling.routes },
    onChange,
    ({ agreement, message, routes }) => ({
      ready: agreement === 'agreed' ? message !== '' : routes.trim() !== '',
      body: agreement === 'agreed' ? { agreement, message } : { agreement, routes },
    }),
  );
  return (
    <Stack gap={10}>
      <Radio.Group label={t('agreementLabel')} value={values.agreement} onChange={(agreement) => enter({ agreement })}>
        <Stack gap={6} mt={4}>
          <Radio value="agreed" label={t('agreement.agreed')} />
          <Radio value="decided_without_agreement" label={t('agreement.decided_without_agreement')} />
        </Stack>
      </Radio.Group>
      {values.agreement === 'agreed' ? (
        <Select
          label={t('proofLabel')}
          description={t('proofHint')}
          data={choices}
          value={values.message || null}
          onChange={(value) => enter({ message: value ?? '' })}
          searchable
        />
      ) : (
        <Textarea
          label={t('routes')}
          description={t('routesHint')}
          value={values.routes}
          onChange={(event) => enter({ routes: event.currentTarget.value })}
          autosize
          minRows={2}
        />
      )}
    </Stack>
  );
}

/** Step 6: what the callback came to. */
export function ScoreFields({ onChange }: StepFieldsProps) {
  const { t } = useTranslation('complaints');
  const [values, enter] = useEntered({ score: '' }, onChange, ({ score }) => ({ ready: score !== '', body: { score: Number(score) } }));
  return (
    <Radio.Group label={t('scoreLabel')} description={t('scoreHint')} value={values.score} onChange={(score) => enter({ score })}>
      <Stack gap={6} mt={4}>
        {['5', '4', '3', '2', '1'].map((score) => (
          <Radio key={score} value={score} label={t(`scores.${score}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
