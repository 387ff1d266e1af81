import type { Report, ReportField } from '@claimline/protocol';
import { Select, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { shownValue, type Question } from './report-steps';
import styles from './report-page.module.css';

interface ReportFieldProps {
  readonly question: Question;
  readonly report: Report;
  readonly disabled: boolean;
  /** Null takes the answer away. */
  readonly onAnswer: (field: ReportField, value: string | boolean | null) => void;
}

/** One question with its answer; what is typed is kept when the field is left. */
export function ReportFieldInput({ question, report, disabled, onAnswer }: ReportFieldProps) {
  const { t } = useTranslation('reports');
  const words = useWords();
  const { field, kind } = question;
  const required = report.lacks.required.includes(field);
  const line = report.fields.lineOfBusiness === 'property' ? 'property' : 'motor';
  const label = field === 'usable' ? t(`usable.${line}`) : t(`field.${field}`);
  if (kind === 'yes-no')
    return <YesNo {...{ label, required, disabled }} value={report.fields[field]} onChange={(value) => onAnswer(field, value)} />;
  if (kind === 'choice')
    return (
      <Select
        label={label}
        withAsterisk={required}
        disabled={disabled}
        clearable
        searchable
        data={(question.choices ?? []).map((value) => ({
          value,
          label: question.group === 'line' ? words.line(value) : t(`${question.group}.${value}`),
        }))}
        value={shownValue(report.fields, field) || null}
        onChange={(value) => onAnswer(field, value)}
      />
    );
  return (
    <Typed
      {...{ label, required, disabled, kind }}
      value={shownValue(report.fields, field)}
      onDone={(value) => onAnswer(field, value === '' ? null : value)}
    />
  );
}

interface YesNoProps {
  readonly label: string;
  readonly required: boolean;
  readonly disabled: boolean;
  readonly value: unknown;
  readonly onChange: (value: boolean | null) => void;
}

function YesNo({ label, required, disabled, value, onChange }: YesNoProps) {
  const { t } = useTranslation('reports');
  return (
    <fieldset className={styles.yesNo} disabled={disabled}>
      <legend data-required={required || undefined}>{label}</legend>
      {([true, false] as const).map((answer) => (
        <button
          key={String(answer)}
          type="button"
          aria-pressed={value === answer}
          onClick={() => onChange(value === answer ? null : answer)}
        >
          {t(answer ? 'yes' : 'no')}
        </button>
      ))}
    </fieldset>
  );
}

interface TypedProps {
  readonly label: string;
  readonly required: boolean;
  readonly disabled: boolean;
  readonly kind: Question['kind'];
  readonly value: string;
  readonly onDone: (value: string) => void;
}

function Typed({ label, required, disabled, kind, value, onDone }: TypedProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const done = () => text !== value && onDone(text.trim());
  const common = { label, disabled, withAsterisk: required, value: text, autoComplete: 'off', onBlur: done };
  if (kind === 'long')
    return <Textarea {...common} autosize minRows={2} maxRows={8} onChange={(event) => setText(event.currentTarget.value)} />;
  const type = kind === 'day' ? 'date' : kind === 'time' ? 'time' : 'text';
  return (
    <TextInput
      {...common}
      type={type}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && done()}
    />
  );
}
