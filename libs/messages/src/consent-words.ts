/** What a customer's words say about being written to. `review`: sounds like it, a person decides. */
export type ConsentIntent = 'opt-out' | 'opt-in' | 'help' | 'review';

// One table, whole message only: a "stop" inside a sentence is no revocation, and "YES" to an adjuster is no consent
// (corrections.md §8). The English per-se words are those of 47 CFR 64.1200(a)(10).
const WORDS: Record<Exclude<ConsentIntent, 'review'>, readonly string[]> = {
  'opt-out': [
    'stop',
    'stopall',
    'quit',
    'end',
    'revoke',
    'opt out',
    'optout',
    'cancel',
    'unsubscribe',
    '退订',
    'td',
    't',
    '拒收',
    '停止',
    '取消订阅',
    '退訂',
  ],
  'opt-in': ['start', 'unstop', '订阅', '恢复订阅', '恢复'],
  help: ['help', 'info', '帮助', '幫助'],
};

const OPT_OUT_PHRASES = [
  /\b(?:please\s+)?(?:do\s+not|don'?t|stop|quit|no\s+more)\s+(?:text|texting|sms|message|messaging|messages|contact|contacting|send|sending|texts)\b/i,
  /\b(?:remove|take)\s+me\s+(?:from|off)\b/i,
  /(?:别|不要|请勿|勿|停止)(?:再)?(?:给我|向我|跟我)?(?:发|发送|推送)(?:短信|信息|消息|微信|邮件|通知)?/,
  /(?:别|不要|请勿)再(?:给我|向我)?(?:联系|打扰|骚扰)/,
];

/**
 * Reads an opt-out, opt-in or help from any words in English or Chinese.
 * A per-se word alone or a short clear sentence decides; a longer text that only contains such a phrase asks for `review`.
 */
export function consentIntent(text: string): ConsentIntent | undefined {
  const words = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[.!。！~\s]+$/u, '');
  for (const [intent, list] of Object.entries(WORDS)) if (list.includes(words)) return intent as ConsentIntent;
  if (!OPT_OUT_PHRASES.some((phrase) => phrase.test(words))) return undefined;
  return [...words].length <= 40 ? 'opt-out' : 'review';
}
