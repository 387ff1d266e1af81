const ALWAYS = ['done', 'not-needed'] as const;

const BY_KIND: Readonly<Record<string, readonly string[]>> = {
  callback: ['reached', 'voicemail-left', 'no-answer', 'wrong-number'],
  'send-another-way': ['sent-another-way', 'called-instead'],
  'uncertain-send': ['arrived', 'did-not-arrive'],
  undeliverable: ['address-corrected', 'called-instead'],
  'review-opt-out': ['opt-out-confirmed', 'not-an-opt-out'],
  'claim-anomaly': ['corrected-in-core', 'accepted-as-is'],
  'inbox-stopped': ['repaired'],
  'documents-overdue': ['reached', 'called-instead'],
  'claim-core-unreached': ['repaired'],
  'payment-failed': ['payee-link-sent', 'payee-chosen', 'called-instead'],
};

/** How a task of this kind may end: its own endings first, then those of every task. */
export const outcomesOf = (kind: string): readonly string[] => [...(BY_KIND[kind] ?? []), ...ALWAYS];
