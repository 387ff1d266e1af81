import type { Language } from '@claimline/messages';
import { PaperSheet } from './paper-sheet';

/** Everything that stands on a letter. */
export interface LetterText {
  readonly sender: readonly string[];
  readonly to: readonly string[];
  readonly place: string;
  readonly footer: string;
  readonly subject: string | null;
  /** How the recipient is addressed; empty where the text does it. */
  readonly salutation: string;
  readonly text: string;
  readonly brand: string;
  readonly claim: string | null;
  readonly enclosures: readonly string[];
  readonly language: Language;
  readonly timeZone: string;
  readonly at: Date;
}

const WORDS = {
  en: { claim: 'Claim', subject: 'Your claim', closing: 'Yours sincerely', enclosed: 'Enclosed' },
  'zh-CN': { claim: '案件号', subject: '理赔事宜', closing: '此致\n敬礼', enclosed: '附件' },
} as const satisfies Record<Language, object>;

/** The letter as PDF, ready to be printed. */
export function letterPaper(letter: LetterText): Promise<Buffer> {
  const words = WORDS[letter.language];
  const subject = letter.subject ?? words.subject;
  const sheet = new PaperSheet({ title: subject, footer: letter.footer, language: letter.language });
  sheet.head(letter.sender).address(letter.to);
  sheet.line([letter.place, dateOf(letter)].filter(Boolean).join(letter.language === 'en' ? ', ' : '，'), { align: 'right', gap: 14 });
  sheet.line(subject, { bold: true, size: 12, gap: letter.claim ? 2 : 12 });
  if (letter.claim) sheet.line(`${words.claim} ${letter.claim}`, { size: 9.5, gap: 14 });
  if (letter.salutation) sheet.line(letter.language === 'en' ? `${letter.salutation},` : `${letter.salutation}：`, { gap: 10 });
  for (const paragraph of letter.text.trim().split(/\n{2,}/)) sheet.line(paragraph, { gap: 10 });
  sheet.space(8).line(words.closing, { gap: 18 }).line(letter.brand, { bold: true });
  if (letter.enclosures.length > 0) sheet.space(10).line(`${words.enclosed}: ${letter.enclosures.join(', ')}`, { size: 9.5 });
  return sheet.end();
}

const dateOf = ({ at, language, timeZone }: LetterText): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(at);
