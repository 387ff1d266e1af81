import { isUrgent, missingFields, type Missing, type ReportField, type ReportFields } from './report-fields';

/** `open`: being written · `submitted`: the claim core has been told · `reported`: it is a claim · `discarded`: a person put it away. */
export type ReportState = 'open' | 'submitted' | 'reported' | 'discarded';

/** What a person should know about a report before it goes out; none of it stops it. */
export type ReportFlag = 'injury' | 'fatality' | 'outside-policy-period' | 'no-policy';

/** Something that may be the same loss: a claim by its number, or another report by its id. */
export interface SimilarLoss {
  readonly kind: 'claim' | 'report';
  readonly reference: string;
  readonly lossDate: string;
  readonly lossKind: string | null;
  readonly stage: string | null;
}

/** Why a report cannot be submitted now. */
export type Refusal =
  | { readonly why: 'closed' }
  | { readonly why: 'incomplete'; readonly fields: readonly ReportField[] }
  | { readonly why: 'loss-in-future' }
  | { readonly why: 'possible-duplicate'; readonly of: readonly SimilarLoss[] };

/** What is to be seen beside a report. A loss outside of the policy's period is told, never rejected: the claim core decides on cover. */
export function flagsOf(fields: ReportFields): ReportFlag[] {
  const { injured, fatality, lossDate, policyFrom, policyTo, policyNumber } = fields;
  const outside = lossDate && ((policyFrom && lossDate < policyFrom) || (policyTo && lossDate > policyTo));
  return [
    ...(injured ? (['injury'] as const) : []),
    ...(fatality ? (['fatality'] as const) : []),
    ...(outside ? (['outside-policy-period'] as const) : []),
    ...(policyNumber ? [] : (['no-policy'] as const)),
  ];
}

/** Whether a loss of this day can have happened: `today` is the day where it happened. */
export const isInFuture = (lossDate: string | undefined, today: string): boolean => lossDate !== undefined && lossDate > today;

/** What stands against submitting; undefined: nothing. Possible duplicates that a person has looked at are not among `similar`. */
export function refusalOf(
  report: { readonly state: ReportState; readonly fields: ReportFields },
  around: { readonly today: string; readonly similar: readonly SimilarLoss[] },
): Refusal | undefined {
  if (report.state !== 'open') return { why: 'closed' };
  const { required } = missingFields(report.fields);
  if (required.length > 0) return { why: 'incomplete', fields: required };
  if (isInFuture(report.fields.lossDate, around.today)) return { why: 'loss-in-future' };
  // Somebody is hurt: whether it is a second report can be found out afterwards.
  if (around.similar.length > 0 && !isUrgent(report.fields)) return { why: 'possible-duplicate', of: around.similar };
  return undefined;
}

/** The day it is in a zone, ISO. An unknown zone counts as UTC. */
export function dayIn(zone: string | undefined, at: Date): string {
  try {
    return new Intl.DateTimeFormat('sv-SE', { timeZone: zone ?? 'UTC', dateStyle: 'short' }).format(at);
  } catch {
    return at.toISOString().slice(0, 10);
  }
}

/** The report as the claim core gets it, by the groups of claims-and-sla.md §4.6: the same from every channel. */
export function toldReport(fields: ReportFields): Readonly<Record<string, unknown>> {
  return {
    safety: pick(fields, 'injured', 'fatality', 'injuries'),
    reporter: pick(
      fields,
      ...([
        'reporterName',
        'relationship',
        'phone',
        'email',
        'wechat',
        'birthDate',
        'preferredChannel',
        'language',
        'electronicNotices',
      ] as const),
    ),
    policy: pick(fields, 'policyNumber', 'policyHolder', 'policyFrom', 'policyTo', 'plate', 'lineOfBusiness'),
    loss: pick(fields, 'lossDate', 'lossTime', 'timeZone', 'location', 'lossKind', 'description', 'reportedBefore'),
    authorities: pick(fields, 'authority', 'authorityReport'),
    people: pick(fields, 'witnesses', 'otherParty'),
    property: pick(fields, 'damage', 'usable', 'whereNow'),
    evidence: fields.evidence ?? [],
    flags: flagsOf(fields),
  };
}

function pick(fields: ReportFields, ...names: ReportField[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]));
}

export type { Missing };
