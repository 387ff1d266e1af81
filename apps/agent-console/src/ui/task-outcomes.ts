import type { Task } from '@claimline/protocol';

const ALWAYS = ['done', 'not-needed'] as const;

const BY_KIND: Readonly<Record<string, readonly string[]>> = {
  callback: ['reached', 'voicemail-left', 'no-answer', 'wrong-number'],
  'gone-quiet': ['contacted', 'called-instead'],
  promise: ['kept-late', 'customer-told'],
  'send-another-way': ['sent-another-way', 'called-instead'],
  'uncertain-send': ['arrived', 'did-not-arrive'],
  undeliverable: ['address-corrected', 'called-instead'],
  'review-opt-out': ['opt-out-confirmed', 'not-an-opt-out'],
  'claim-anomaly': ['corrected-in-core', 'accepted-as-is'],
  'complaint-letter': ['letter-sent'],
  'inbox-stopped': ['repaired'],
  'documents-overdue': ['reached', 'called-instead'],
  'claim-core-unreached': ['repaired'],
  'survey-call': ['no-answer', 'declined'],
  'payment-failed': ['payee-link-sent', 'payee-chosen', 'called-instead'],
};

/** Endings that a callback after the end of a claim has before all others. */
const AFTERCARE = ['content', 'issue'] as const;

/** How a task of this kind may end: its own endings first, then those of every task. */
export const outcomesOf = (kind: string, reason: string | null = null): readonly string[] => [
  ...(reason === 'aftercare' ? AFTERCARE : []),
  ...(BY_KIND[kind] ?? []).filter((outcome) => reason !== 'aftercare' || outcome !== 'reached'),
  ...ALWAYS,
];

const CALLED = ['reached', 'voicemail-left', 'no-answer'];

/** Whether an ending asks for the next contact before the task is finished. */
export const asksForNext = (kind: string, outcome: string): boolean => kind === 'callback' && CALLED.includes(outcome);

/** What to say in a callback, by its occasion; null: nothing is prepared. */
export const scriptOf = ({ kind, reason }: Pick<Task, 'kind' | 'reason'>): 'missed-call' | 'aftercare' | null =>
  kind === 'callback' && (reason === 'missed-call' || reason === 'aftercare') ? reason : null;
