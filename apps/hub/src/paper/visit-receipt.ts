import { spokenLanguage, type Language } from '@claimline/messages';
import type { VisitFacts } from '../views/visit.view';
import { PaperSheet } from './paper-sheet';

const WORDS = {
  en: {
    title: 'Receipt of your visit',
    customer: 'Customer',
    claim: 'Claim',
    when: 'When',
    where: 'Where',
    with: 'Spoken with',
    identity: 'Identity seen',
    papers: 'Papers received',
    none: 'none',
    said: 'What was said',
    foot: 'Please keep this receipt. It confirms that we received what is listed; it decides nothing about the claim.',
    kinds: {
      none: 'not asked for',
      'identity-card': 'identity card',
      passport: 'passport',
      'driving-licence': 'driving licence',
      'power-of-attorney': 'power of attorney',
      'known-in-person': 'known in person',
    },
  },
  'zh-CN': {
    title: '到访回执',
    customer: '客户',
    claim: '案件号',
    when: '时间',
    where: '地点',
    with: '接待人员',
    identity: '核验证件',
    papers: '收到材料',
    none: '无',
    said: '沟通内容',
    foot: '请妥善保管本回执。本回执仅证明我们已收到上述材料，不代表理赔结论。',
    kinds: {
      none: '未核验',
      'identity-card': '居民身份证',
      passport: '护照',
      'driving-licence': '驾驶证',
      'power-of-attorney': '授权委托书',
      'known-in-person': '本人熟识',
    },
  },
} as const satisfies Record<Language, object>;

/** What the customer takes along from the counter: when, where, with whom, and which papers were handed over. The kind of identity paper, never its number. */
export function visitReceipt(visit: VisitFacts): Promise<Buffer> {
  const language = spokenLanguage(visit.language);
  const words = WORDS[language];
  const { place = '', identity = 'none' } = visit.facts;
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: visit.timeZone }).format(visit.at);
  const sheet = new PaperSheet({ title: words.title, footer: words.foot, language });
  sheet.head([visit.brand, place]).space(24).line(words.title, { bold: true, size: 16, gap: 14 });
  sheet.pair(words.customer, visit.name);
  if (visit.claim) sheet.pair(words.claim, visit.claim);
  sheet.pair(words.when, when).pair(words.where, place).pair(words.with, visit.author);
  sheet.pair(words.identity, words.kinds[identity as keyof typeof words.kinds] ?? identity);
  sheet.pair(words.papers, visit.papers.length > 0 ? visit.papers.map((name, at) => `${at + 1}. ${name}`).join('\n') : words.none);
  sheet.space(8).line(words.said, { bold: true }).line(visit.text);
  return sheet.end();
}
