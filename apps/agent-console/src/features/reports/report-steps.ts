import type { Report, ReportField, ReportFields } from '@claimline/protocol';

/** How a field is asked. */
export type FieldKind = 'yes-no' | 'text' | 'long' | 'day' | 'time' | 'choice';

/** One question of the form. */
export interface Question {
  readonly field: ReportField;
  readonly kind: FieldKind;
  /** The codes to choose from, and the group of texts that names them. */
  readonly choices?: readonly string[];
  readonly group?: string;
}

const LINES = ['motor', 'property', 'health', 'accident', 'life', 'liability', 'travel', 'marine', 'other'] as const;
const RELATIONSHIPS = ['insured', 'driver', 'family', 'employee', 'representative', 'third-party', 'other'] as const;

const ask = (field: ReportField, kind: FieldKind, choices?: readonly string[], group?: string): Question => ({
  field,
  kind,
  choices,
  group,
});

/** The steps in the order of asking: people first, then who and which policy, then what happened. */
export const STEP_NAMES = ['people', 'reporter', 'loss'] as const;
export type StepName = (typeof STEP_NAMES)[number];

/** The questions of a step, by what is known already: nobody is asked about injuries when nobody is hurt. */
export function questionsOf(step: StepName, report: Pick<Report, 'fields' | 'lossKinds'>): readonly Question[] {
  const { injured } = report.fields;
  if (step === 'people')
    return [
      ask('injured', 'yes-no'),
      ...(injured ? [ask('fatality', 'yes-no'), ask('injuries', 'long')] : []),
      ask('otherParty', 'long'),
      ask('witnesses', 'long'),
    ];
  if (step === 'reporter')
    return [
      ask('reporterName', 'text'),
      ask('relationship', 'choice', RELATIONSHIPS, 'relationship'),
      ask('phone', 'text'),
      ask('email', 'text'),
      ask('lineOfBusiness', 'choice', LINES, 'line'),
      ask('policyNumber', 'text'),
      ask('plate', 'text'),
      ask('birthDate', 'day'),
      ask('electronicNotices', 'yes-no'),
    ];
  return [
    ask('lossDate', 'day'),
    ask('lossTime', 'time'),
    ask('lossKind', 'choice', report.lossKinds, 'lossKind'),
    ask('location', 'text'),
    ask('description', 'long'),
    ask('usable', 'yes-no'),
    ask('damage', 'long'),
    ask('whereNow', 'text'),
    ask('authority', 'text'),
    ask('authorityReport', 'text'),
    ask('reportedBefore', 'yes-no'),
  ];
}

/** How many required answers a step still lacks. */
export function lackingIn(step: StepName, report: Pick<Report, 'fields' | 'lossKinds' | 'lacks'>): number {
  const fields = questionsOf(step, report).map(({ field }) => field as string);
  return report.lacks.required.filter((field) => fields.includes(field)).length;
}

/** The first step that still lacks an answer; undefined: it can be submitted. */
export const firstLacking = (report: Pick<Report, 'fields' | 'lossKinds' | 'lacks'>): StepName | undefined =>
  STEP_NAMES.find((step) => lackingIn(step, report) > 0);

/** The value of a field as an input shows it. */
export const shownValue = (fields: ReportFields, field: ReportField): string => {
  const value = fields[field];
  return typeof value === 'string' ? value : '';
};
