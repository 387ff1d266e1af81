import { csvText, type CsvValue } from '@claimline/messages';
import { SURVEY_QUESTIONS, type Scores, type SurveyMode, type SurveyQuestion } from './survey';

/** An answer of 4 or 5 is a satisfied one. */
export const SATISFIED_FROM = 4;
/** Fewer answers than this say too little for a percentage to be compared. */
export const ENOUGH_ANSWERS = 30;

/** A response as the report counts it. */
export interface SurveyRow {
  readonly answeredAt: Date;
  readonly claim: string;
  readonly handler: string | null;
  readonly mode: SurveyMode;
  readonly channel: string;
  readonly language: string | null;
  readonly scores: Scores;
  readonly comment: string | null;
}

/** How many answered a question, and which share of them is satisfied (0–1; null without answers). */
export interface Satisfaction {
  readonly n: number;
  readonly share: number | null;
}

/** One question over a period, against the baseline (a percentage) and the period before. Deltas are in percentage points. */
export interface QuestionFigures extends Satisfaction {
  readonly question: SurveyQuestion;
  readonly isEnough: boolean;
  readonly baseline: number | null;
  readonly toBaseline: number | null;
  readonly before: Satisfaction;
  readonly toBefore: number | null;
}

export type Baselines = Readonly<Partial<Record<SurveyQuestion, number>>>;

/** The share of answers to a question that are 4 or 5. */
export function satisfactionOf(rows: readonly SurveyRow[], question: SurveyQuestion): Satisfaction {
  const answers = rows.flatMap(({ scores }) => scores[question] ?? []);
  const satisfied = answers.filter((score) => score >= SATISFIED_FROM).length;
  return { n: answers.length, share: answers.length === 0 ? null : satisfied / answers.length };
}

const points = (share: number | null, percent: number | null): number | null =>
  share === null || percent === null ? null : Math.round((100 * share - percent) * 10) / 10;

/** Every question by itself: nothing is computed from another question. */
export function questionFigures(rows: readonly SurveyRow[], before: readonly SurveyRow[], baselines: Baselines): QuestionFigures[] {
  return SURVEY_QUESTIONS.map((question) => {
    const now = satisfactionOf(rows, question);
    const then = satisfactionOf(before, question);
    const baseline = baselines[question] ?? null;
    return {
      question,
      ...now,
      isEnough: now.n >= ENOUGH_ANSWERS,
      baseline,
      toBaseline: points(now.share, baseline),
      before: then,
      toBefore: points(now.share, then.share === null ? null : 100 * then.share),
    };
  });
}

/** How satisfied (overall) those are who answered in each way, the most answers first. */
export function satisfactionBy(
  rows: readonly SurveyRow[],
  of: (row: SurveyRow) => string,
): { readonly code: string; readonly n: number; readonly share: number | null }[] {
  const groups = new Map<string, SurveyRow[]>();
  for (const row of rows) groups.set(of(row), [...(groups.get(of(row)) ?? []), row]);
  return [...groups]
    .map(([code, some]) => ({ code, ...satisfactionOf(some, 'overall') }))
    .sort((a, b) => b.n - a.n || (a.code < b.code ? -1 : 1));
}

const CSV_COLUMNS: readonly (readonly [name: string, value: (row: SurveyRow) => CsvValue])[] = [
  ['answered', (row) => row.answeredAt.toISOString()],
  ['claim', (row) => row.claim],
  ['handler', (row) => row.handler],
  ['mode', (row) => row.mode],
  ['channel', (row) => row.channel],
  ['language', (row) => row.language],
  ...SURVEY_QUESTIONS.map((question) => [question, (row: SurveyRow) => row.scores[question] ?? null] as const),
  ['comment', (row) => row.comment],
];

/** The responses as a table for a spreadsheet. */
export function surveyCsv(rows: readonly SurveyRow[]): string {
  return csvText([CSV_COLUMNS.map(([name]) => name), ...rows.map((row) => CSV_COLUMNS.map(([, value]) => value(row)))]);
}

/** Reads `question,percent` lines (a heading is passed over). Undefined where a line is none, with no guess at what was meant. */
export function baselinesOfCsv(csv: string): Baselines | undefined {
  const lines = csv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^question\b/i.test(line));
  const read = lines.map((line) => /^"?([a-z]+)"?\s*,\s*"?(\d{1,3}(?:\.\d+)?)\s*%?"?$/i.exec(line));
  if (read.some((match) => !match || !isQuestion(match[1]!) || Number(match[2]) > 100)) return undefined;
  return Object.fromEntries(read.map((match) => [match![1]!.toLowerCase(), Number(match![2])]));
}

const isQuestion = (word: string): word is SurveyQuestion => SURVEY_QUESTIONS.some((question) => question === word.toLowerCase());
