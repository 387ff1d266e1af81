import type { Language } from '@claimline/messages';

/** Whom a text speaks to. `salutation` as a person has chosen it: a title (先生, 女士, Mr, Ms, Dr …) or the whole form of address. */
export interface Addressee {
  readonly name: string;
  readonly kind: 'person' | 'organisation' | 'gateway' | 'shared';
  readonly salutation: string | null;
}

// Surnames of two characters; any other Chinese surname is the first character.
const COMPOUND = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '司徒',
  '夏侯',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '长孙',
  '宇文',
  '轩辕',
  '端木',
  '东方',
  '南宫',
  '独孤',
  '申屠',
  '淳于',
];
const TITLES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  先生: { 'zh-CN': '先生', en: 'Mr' },
  女士: { 'zh-CN': '女士', en: 'Ms' },
  小姐: { 'zh-CN': '女士', en: 'Ms' },
  mr: { 'zh-CN': '先生', en: 'Mr' },
  ms: { 'zh-CN': '女士', en: 'Ms' },
  mrs: { 'zh-CN': '女士', en: 'Mrs' },
  mx: { 'zh-CN': '', en: 'Mx' },
  dr: { 'zh-CN': '博士', en: 'Dr' },
};
const NOBODY: Readonly<Record<Language, string>> = { en: 'Dear customer', 'zh-CN': '尊敬的客户' };

const isHan = (name: string): boolean => /^[\p{Script=Han}·]+$/u.test(name);

/** The family name: 李 of 李伟, 欧阳 of 欧阳明月, Chen of Mei Chen. */
function surname(name: string): string {
  if (isHan(name)) return COMPOUND.find((compound) => name.startsWith(compound) && name.length > 2) ?? [...name][0] ?? '';
  return name.trim().split(/\s+/).at(-1) ?? '';
}

/**
 * How to address somebody: 李先生, 李女士, 尊敬的客户, Dear Ms Chen. Never by a bare first name (corrections.md §13), and never by a guess:
 * without a title, or with a name in letters that the language does not write, it is the polite form that names nobody.
 */
export function salutation(to: Addressee, language: Language): string {
  if (to.kind === 'organisation') return language === 'en' ? `Dear ${to.name}` : `尊敬的${to.name}`;
  const chosen = to.salutation?.trim().replace(/\.$/, '') ?? '';
  if (to.kind !== 'person' || !chosen) return NOBODY[language];
  const title = TITLES[chosen.toLowerCase()]?.[language];
  if (title === undefined) return wholeForm(chosen, language);
  const family = surname(to.name);
  if (!family || !title || (language === 'en' && isHan(family)) || /\d/.test(family)) return NOBODY[language];
  return language === 'en' ? `Dear ${title} ${family}` : `${family}${title}`;
}

/** Somebody wrote the whole form of address: it is taken where it is in the language of the text. */
function wholeForm(chosen: string, language: Language): string {
  const chinese = /\p{Script=Han}/u.test(chosen);
  if (chinese !== (language === 'zh-CN') || !/\s|先生|女士|博士|老师|律师|医生/u.test(chosen)) return NOBODY[language];
  return language === 'en' && !/^dear\b/i.test(chosen) ? `Dear ${chosen}` : chosen;
}
