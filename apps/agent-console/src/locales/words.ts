import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, NetworkError } from '../client/problems';

/** A code nobody has translated yet, made readable: `total-loss` → `Total loss`. */
export function humanised(code: string): string {
  const spaced = code.replace(/[-_.]+/g, ' ').trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** `first_response.async` is the clock `first-response`, by whatever channel: only that is told. */
const clockOf = (policy: string): string => (policy.split('.')[0] ?? policy).replace(/_/g, '-');

/** The words for codes that the hub sends, in the language of the screen. */
export interface Words {
  /** `twilio-sms` → SMS. */
  channel(kind: string): string;
  /** `assessment` → Amount being assessed. */
  stage(code: string): string;
  /** Line of business. */
  line(code: string): string;
  /** Why something was not sent or failed. */
  reason(code: string): string;
  /** The state of a delivery. */
  delivery(state: string): string;
  /** A label of a conversation. */
  label(code: string): string;
  /** What kind of deadline: a clock by its policy, or `task.<kind>`. */
  due(kind: string): string;
  /** The role of a party. */
  party(role: string): string;
  /** The role of an account. */
  role(role: string): string;
  /** The kind of a task. */
  task(kind: string): string;
  /** What went wrong, for a person. */
  error(error: unknown): string;
  /** Any other group of `words.json`. */
  of(group: string, code: string): string;
}

/** See {@link Words}. */
export function useWords(): Words {
  const { t } = useTranslation('words');
  return useMemo(() => {
    const of = (group: string, code: string): string => t(`${group}.${code}`, { defaultValue: humanised(code) });
    const error = (problem: unknown): string => {
      if (problem instanceof NetworkError) return t('error.network');
      if (problem instanceof ApiError) return t(`error.${problem.code}`, { defaultValue: t('error.internal'), ...problem.params });
      return t('error.internal');
    };
    const group = (name: string) => (code: string) => of(name, code);
    return {
      channel: group('channel'),
      stage: group('stage'),
      line: group('line'),
      reason: group('reason'),
      delivery: group('delivery'),
      label: group('label'),
      due: (kind) => (kind.startsWith('task.') ? of('task', kind.slice('task.'.length)) : of('due', clockOf(kind))),
      party: group('party'),
      role: group('role'),
      task: group('task'),
      error,
      of,
    };
  }, [t]);
}
