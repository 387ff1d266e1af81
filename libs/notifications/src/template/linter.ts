import { smsSegments, type Language, type PrivacyClass } from '@claimline/messages';
import { render, TemplateRefusal, variablesOf } from './renderer';
import { VARIABLES } from './variables';

/** A text that somebody wants to publish. */
export interface TemplateDraft {
  readonly use: 'reply' | 'notice' | 'automatic';
  readonly language: Language;
  readonly privacy: PrivacyClass;
  readonly subject: string | null;
  readonly body: string;
}

/** What is wrong with it, where. */
export interface LintProblem {
  readonly path: 'subject' | 'body';
  readonly problem: string;
}

type Check = (draft: TemplateDraft, text: string) => string | undefined;

// Two SMS: 306 characters of GSM-7, 134 Chinese ones.
const MOST_SEGMENTS = 2;
const PROMISES = /guarantee|\b100\s?%|definitely|certainly be paid|一定赔|保证赔付|包赔|百分之百|肯定赔|100\s?％/i;
const RELATIVE =
  /\b(?:today|tomorrow|tonight|yesterday|next week|within \d+|in \d+ (?:hours?|days?|weeks?))\b|今天|明天|后天|昨天|今晚|下周|\d+\s*(?:小时|天|日|个?工作日|周)内|[一二三四五六七八九十两]+(?:天|日|个工作日)内/i;

const unknownVariable: Check = (_, text) => {
  const unknown = variablesOf(text).find((name) => !Object.hasOwn(VARIABLES, name));
  return unknown && `nobody declares the variable "${unknown}"`;
};
const tooPrivate: Check = ({ privacy }, text) => {
  const name = variablesOf(text).find((one) => (VARIABLES[one]?.sensitivity ?? 'P0') > privacy);
  return name && `"${name}" is ${VARIABLES[name]!.sensitivity} and may not travel in a text for ${privacy}`;
};
const promise: Check = (_, text) => (PROMISES.test(text) ? `promises: "${PROMISES.exec(text)![0]}"` : undefined);
const brandFirst: Check = ({ use }, text) =>
  use === 'reply' || /^[【[]?\s*\{\{\s*brand\s*\}\}/.test(text) ? undefined : 'the brand stands at the start';
const absoluteDates: Check = ({ use }, text) =>
  use !== 'reply' && RELATIVE.test(text) ? `a date is written out, with its zone: "${RELATIVE.exec(text)![0]}"` : undefined;
const ownLinks: Check = (_, text) =>
  /https?:\/\//i.test(text) ? 'links come from the variables: they are ours, single-use and expiring' : undefined;
const shortEnough: Check = ({ use, privacy, language }, text) => {
  if (use === 'reply' || privacy > 'P1') return undefined;
  const { segments, units } = smsSegments(render(text, sampleWords(language), privacy));
  return segments > MOST_SEGMENTS ? `${units} units are ${segments} SMS; ${MOST_SEGMENTS} at most` : undefined;
};

const BODY: readonly Check[] = [unknownVariable, tooPrivate, promise, brandFirst, absoluteDates, ownLinks];
const SUBJECT: readonly Check[] = [unknownVariable, tooPrivate, promise];

/** A value for every variable, as long as they usually are: for previews and for counting. */
export const sampleWords = (language: Language): Record<string, string> =>
  Object.fromEntries(Object.entries(VARIABLES).map(([name, { sample }]) => [name, sample[language]]));

/** What a check finds; a text that cannot be read or filled in fails the check that tried. */
function problemOf(check: Check, draft: TemplateDraft, text: string): string | undefined {
  try {
    return check(draft, text);
  } catch (error) {
    if (error instanceof TemplateRefusal) return error.message;
    throw error;
  }
}

/** Everything that keeps a text from being published (the copy rules of claims-and-sla.md §4.2); empty when it may. */
export function lint(draft: TemplateDraft): LintProblem[] {
  const found = (path: LintProblem['path'], text: string, checks: readonly Check[]): LintProblem[] =>
    [...new Set(checks.flatMap((check) => problemOf(check, draft, text) ?? []))].map((problem) => ({ path, problem }));
  const body = found('body', draft.body, BODY);
  const subject = draft.subject === null ? [] : found('subject', draft.subject, SUBJECT);
  // Only a text that can be filled in has a length.
  return [...(body.length > 0 ? body : found('body', draft.body, [shortEnough])), ...subject];
}
