/** What is asked, in this order. `overall` is a question of its own and never the mean of the others. */
export const SURVEY_QUESTIONS = ['overall', 'process', 'attitude', 'efficiency', 'outcome'] as const;
export type SurveyQuestion = (typeof SURVEY_QUESTIONS)[number];

/** How answers come in. `sms`, `wechat`, `chat`: one question at a time; `mail`, `web`: on a page; `phone`: somebody calls and asks. */
export const SURVEY_MODES = ['sms', 'wechat', 'chat', 'mail', 'web', 'phone'] as const;
export type SurveyMode = (typeof SURVEY_MODES)[number];

/** 1 (very dissatisfied) to 5 (very satisfied), as far as they were given. */
export type Scores = Readonly<Partial<Record<SurveyQuestion, number>>>;

/** Why somebody is not asked. */
export const SUPPRESSIONS = [
  'deceased',
  'represented',
  'litigation',
  'open-complaint',
  'unanswered-question',
  'opted-out',
  'cool-down',
  'nobody-to-ask',
] as const;
export type Suppression = (typeof SUPPRESSIONS)[number];

const HOUR_MS = 3_600_000;
/** How long after its claim has ended somebody is asked, for how long they may answer, and how long they are then left alone. */
export const SURVEY_TERMS = { delayMs: 24 * HOUR_MS, answerMs: 28 * 24 * HOUR_MS, coolDownMs: 90 * 24 * HOUR_MS } as const;

/** What is known of somebody who would be asked. */
export interface SurveyFacts {
  /** The policyholder has died, or nobody living is known. */
  readonly deceased: boolean;
  /** A lawyer speaks for them: only the lawyer may be written to, and a lawyer is not asked. */
  readonly represented: boolean;
  readonly litigation: boolean;
  readonly openComplaint: boolean;
  /** A question of theirs waits for us, in whatever conversation. */
  readonly waitsForUs: boolean;
  readonly optedOut: boolean;
  /** When they were last asked about another claim. */
  readonly lastInvitedAt: Date | null;
  readonly isKnown: boolean;
}

/** Why this person is not to be asked now; undefined: they are. The gravest reason stands first. */
export function suppressionOf(facts: SurveyFacts, now: Date): Suppression | undefined {
  if (facts.deceased) return 'deceased';
  if (!facts.isKnown) return 'nobody-to-ask';
  if (facts.represented) return 'represented';
  if (facts.litigation) return 'litigation';
  if (facts.openComplaint) return 'open-complaint';
  if (facts.waitsForUs) return 'unanswered-question';
  if (facts.optedOut) return 'opted-out';
  const { lastInvitedAt } = facts;
  return lastInvitedAt && now.getTime() - lastInvitedAt.getTime() < SURVEY_TERMS.coolDownMs ? 'cool-down' : undefined;
}

const NUMERALS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 两: 2, 兩: 2, 三: 3, 四: 4, 五: 5 };
// Full stops, exclamation marks, "分" after a figure: people write "5分!" and mean 5.
const AROUND = /[\s.。!！,，~～]+/g;

/** The score that a text is, alone: `4`, `４`, `四`, `5分`, `4.`. Anything else is no score, also `4 weeks and nobody calls` or `45`. */
export function scoreOf(text: string): number | undefined {
  const bare = text.normalize('NFKC').replace(AROUND, '').replace(/分$/, '');
  if (/^[1-5]$/.test(bare)) return Number(bare);
  return NUMERALS[bare];
}

/** The first question that has no answer yet; undefined: all have. */
export const nextQuestion = (scores: Scores): SurveyQuestion | undefined =>
  SURVEY_QUESTIONS.find((question) => scores[question] === undefined);

/** What a text means to a survey that goes on: an answer, after which the next question or the end comes, or that the customer leaves it. */
export type Turn =
  | { readonly kind: 'next'; readonly answered: SurveyQuestion; readonly score: number; readonly question: SurveyQuestion }
  | { readonly kind: 'done'; readonly answered: SurveyQuestion; readonly score: number }
  | { readonly kind: 'left' };

/** Decides one turn of the dialogue. A text that is no score leaves the survey: it is a message like any other. */
export function takeTurn(scores: Scores, text: string): Turn {
  const score = scoreOf(text);
  const answered = nextQuestion(scores);
  if (score === undefined || answered === undefined) return { kind: 'left' };
  const question = nextQuestion({ ...scores, [answered]: score });
  return question ? { kind: 'next', answered, score, question } : { kind: 'done', answered, score };
}

const DIALOGUES: Readonly<Record<string, SurveyMode>> = { 'twilio-sms': 'sms', wechat: 'wechat', 'web-chat': 'chat' };

/** How somebody is asked by a channel: in a dialogue, by mail with a link to the page, or (a letter, a visit, a call) by phone. */
export const modeOf = (channel: string): SurveyMode => DIALOGUES[channel] ?? (channel === 'email' ? 'mail' : 'phone');

/** Whether questions come one by one in the thread. */
export const isDialogue = (mode: SurveyMode): boolean => mode === 'sms' || mode === 'wechat' || mode === 'chat';
