import type { Language } from '@claimline/messages';
import type { ConsentPurpose } from './consent-scope';

/** The wording that somebody agrees to. A changed wording is a new version: who agreed to the old one agreed to the old one. */
export interface ConsentText {
  readonly version: string;
  readonly words: Readonly<Record<Language, string>>;
}

/** What is agreed to where the law wants more than a yes: written notices by mail or portal instead of by letter (corrections.md §7). */
export const CONSENT_TEXTS: Readonly<Partial<Record<ConsentPurpose, ConsentText>>> = {
  electronic_notices: {
    version: '2026-11',
    words: {
      en: 'I agree to receive the written notices about my claim electronically, by e-mail or on this page, instead of by letter. I can open and keep such files. I may withdraw this at any time, here or by writing to you, and may ask for paper copies free of charge.',
      'zh-CN':
        '本人同意以电子方式（电子邮件或本页面）接收与理赔有关的书面通知，以代替纸质信函；本人能够打开并保存此类文件。本人可随时在此处或以书面形式撤回同意，并可免费索取纸质文件。',
    },
  },
};

/** The version in force for a purpose; null where a plain yes is enough. */
export const textVersionOf = (purpose: ConsentPurpose): string | null => CONSENT_TEXTS[purpose]?.version ?? null;
