import type { Family } from '../channel-family';

/** What a consent is for. A reply and a claim notice are `service`; `electronic_notices` lets the law's written notices go by mail or portal. */
export type ConsentPurpose = 'service' | 'informational' | 'survey' | 'electronic_notices';
export const CONSENT_PURPOSES: readonly ConsentPurpose[] = ['service', 'informational', 'survey', 'electronic_notices'];

/**
 * How somebody said it. `word`: a word that carriers know, alone (STOP, 退订, TD, START); `sentence`: in other words;
 * `link`: the unsubscribe link of a mail; `carrier`: the carrier told us afterwards.
 */
export type Said = 'word' | 'sentence' | 'link' | 'carrier';

/** One row of the scope matrix: what was said, on which kind of channel, and what it then covers. */
export interface ScopeRule {
  readonly intent: 'opt-out' | 'opt-in';
  readonly said: Said | 'any';
  readonly on: Family | 'any';
  /** `here`: the channel it came by; `named`: the kinds of channel that the words name, else here; `every`: all that reach this person. */
  readonly reaches: 'here' | 'named';
  readonly purposes: readonly ConsentPurpose[];
}

const EVERYTHING = CONSENT_PURPOSES;

/**
 * The scope matrix (corrections.md §8), first row that fits. A mail's unsubscribe link is about what may be unsubscribed from, not about the claim;
 * words are about everything. An opt-in needs the carrier's word, and never brings back written notices by mail: those want a consent of their own.
 */
export const SCOPE_MATRIX: readonly ScopeRule[] = [
  { intent: 'opt-out', said: 'link', on: 'email', reaches: 'here', purposes: ['informational', 'survey'] },
  { intent: 'opt-out', said: 'word', on: 'any', reaches: 'here', purposes: EVERYTHING },
  { intent: 'opt-out', said: 'carrier', on: 'any', reaches: 'here', purposes: EVERYTHING },
  { intent: 'opt-out', said: 'sentence', on: 'any', reaches: 'named', purposes: EVERYTHING },
  { intent: 'opt-in', said: 'any', on: 'any', reaches: 'here', purposes: ['service', 'informational', 'survey'] },
];

const NAMES: readonly (readonly [Family, RegExp])[] = [
  ['sms', /短信|簡訊|短訊|\btext(?:s|ing)?\b|\bsms\b/i],
  ['wechat', /微信|wechat/i],
  ['email', /邮件|郵件|电邮|邮箱|\be-?mails?\b/i],
  ['voice', /电话|電話|来电|\bcall(?:s|ing)?\b|\bphone\b/i],
];
// "Contact me no more" names no channel and means every one.
const ALL_CHANNELS = /联系|聯繫|打扰|打擾|骚扰|騷擾|\bcontact(?:ing)?\b/i;

/** The kinds of channel that somebody's words are about: those named, `every` for all of them, or none. */
export function namedFamilies(text: string): readonly Family[] | 'every' {
  const named = NAMES.filter(([, words]) => words.test(text)).map(([family]) => family);
  return named.length === 0 && ALL_CHANNELS.test(text) ? 'every' : named;
}

/** What an intent covers: which kinds of channel, for which purposes. */
export function scopeOf(
  intent: 'opt-out' | 'opt-in',
  said: Said,
  where: { readonly on: Family; readonly text: string },
): { readonly families: readonly Family[] | 'every'; readonly purposes: readonly ConsentPurpose[] } {
  const rule = SCOPE_MATRIX.find(
    (row) => row.intent === intent && (row.said === 'any' || row.said === said) && (row.on === 'any' || row.on === where.on),
  );
  if (!rule) return scopeOf(intent, 'word', where);
  const named = rule.reaches === 'named' ? namedFamilies(where.text) : [];
  return { families: named === 'every' || named.length > 0 ? named : [where.on], purposes: rule.purposes };
}
