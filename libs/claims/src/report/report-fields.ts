import type { LineOfBusiness } from '@claimline/messages';

/** Who the person is who reports. */
export const RELATIONSHIPS = ['insured', 'driver', 'family', 'employee', 'representative', 'third-party', 'other'] as const;

/** What happened, by line of business; a line that is not named takes the general ones. */
const GENERAL_KINDS = ['theft', 'fire', 'water', 'storm', 'injury', 'other'] as const;
const KINDS: Partial<Record<LineOfBusiness, readonly string[]>> = {
  motor: ['collision', 'rear-end', 'glass', 'theft', 'fire', 'water', 'storm', 'animal', 'other'],
  property: ['water', 'fire', 'storm', 'theft', 'other'],
  health: ['illness', 'injury', 'other'],
  accident: ['injury', 'death', 'other'],
  life: ['death', 'illness', 'other'],
  travel: ['delay', 'luggage', 'illness', 'theft', 'other'],
};

/** The kinds of loss that a line knows. */
export const lossKindsOf = (line: LineOfBusiness | undefined): readonly string[] => (line && KINDS[line]) ?? GENERAL_KINDS;

/**
 * What a first notice of loss says (claims-and-sla.md §4.6), as far as it is known. Absent: nobody has asked yet. Dates are ISO days, times `HH:MM`
 * in `timeZone` (IANA).
 */
export interface ReportFields {
  /** Is anyone hurt? The first question. */
  readonly injured?: boolean;
  readonly fatality?: boolean;
  readonly injuries?: string;
  readonly witnesses?: string;
  readonly otherParty?: string;
  readonly reporterName?: string;
  readonly relationship?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly wechat?: string;
  readonly birthDate?: string;
  readonly preferredChannel?: string;
  readonly language?: string;
  /** Written notices may come by mail or portal. */
  readonly electronicNotices?: boolean;
  readonly lineOfBusiness?: LineOfBusiness;
  readonly policyNumber?: string;
  readonly policyHolder?: string;
  readonly policyFrom?: string;
  readonly policyTo?: string;
  readonly plate?: string;
  readonly lossDate?: string;
  readonly lossTime?: string;
  readonly timeZone?: string;
  readonly location?: string;
  readonly lossKind?: string;
  readonly description?: string;
  readonly reportedBefore?: boolean;
  readonly authority?: string;
  readonly authorityReport?: string;
  readonly damage?: string;
  /** Can it be driven, or lived in? */
  readonly usable?: boolean;
  readonly whereNow?: string;
  /** Ids of attachments: photographs, videos, voice messages. */
  readonly evidence?: readonly string[];
}
export type ReportField = keyof ReportFields;

/** A change of fields: null takes one away. */
export type ReportChange = { readonly [Field in ReportField]?: ReportFields[Field] | null };

/** The fields after a change; words of nothing but spaces count as taken away. */
export function changedFields(before: ReportFields, change: ReportChange): ReportFields {
  const merged = { ...before, ...change };
  const kept = Object.entries(merged).filter(([, value]) => value !== null && value !== undefined && !isBlank(value));
  return Object.fromEntries(kept) as ReportFields;
}

const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';

/** What is still to be asked: `required` before it can be submitted, `wanted` whenever somebody has it at hand. In the order of asking. */
export interface Missing {
  readonly required: readonly ReportField[];
  readonly wanted: readonly ReportField[];
}

const ALWAYS: readonly ReportField[] = ['injured', 'reporterName', 'lineOfBusiness', 'lossDate', 'lossKind', 'description'];
const BY_LINE: Partial<Record<LineOfBusiness, readonly ReportField[]>> = {
  motor: ['location'],
  property: ['location'],
  travel: ['location'],
  marine: ['location'],
  liability: ['location', 'otherParty'],
  accident: ['location', 'injuries'],
};
const WANTED: Partial<Record<LineOfBusiness, readonly ReportField[]>> = {
  motor: ['usable', 'plate', 'damage', 'whereNow', 'otherParty', 'authorityReport', 'witnesses'],
  property: ['usable', 'damage', 'authorityReport'],
  health: ['whereNow'],
  accident: ['whereNow', 'witnesses', 'authorityReport'],
};
// Somebody is hurt: a person is to speak with them now, the rest is asked later.
const URGENT: readonly ReportField[] = ['injured', 'reporterName', 'location'];

/** Whether somebody is hurt or dead: no questionnaire now. */
export const isUrgent = (fields: ReportFields): boolean => fields.injured === true || fields.fatality === true;

/** What a report of this line still lacks. Any one way to reach the reporter is enough, and any one way to find the policy. */
export function missingFields(fields: ReportFields): Missing {
  const line = fields.lineOfBusiness;
  const required = isUrgent(fields) ? URGENT : [...ALWAYS, ...((line && BY_LINE[line]) ?? [])];
  const lacks = (field: ReportField): boolean => fields[field] === undefined;
  const reach: ReportField[] = ['phone', 'email', 'wechat'].every((field) => lacks(field as ReportField)) ? ['phone'] : [];
  const policy: ReportField[] = isUrgent(fields) || hasPolicyClue(fields) ? [] : ['policyNumber'];
  const wanted = ['relationship', ...((line && WANTED[line]) ?? [])] as ReportField[];
  return { required: [...required.filter(lacks), ...reach, ...policy], wanted: wanted.filter(lacks) };
}

// A policy is found by its number, by the plate, or by name and date of birth.
const hasPolicyClue = ({ policyNumber, plate, reporterName, birthDate }: ReportFields): boolean =>
  Boolean(policyNumber) || Boolean(plate) || (Boolean(reporterName) && Boolean(birthDate));
