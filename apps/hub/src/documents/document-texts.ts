import type { ChecklistBook, DocumentItem } from '@claimline/claims';
import type { Language } from '@claimline/messages';

type Texts = Readonly<Record<Language, string>>;

// A name that tells of health or identity is said in general where others may look on (claims-and-sla.md §4.2).
const GENERAL: Readonly<Record<'health' | 'identity', Texts>> = {
  health: { en: 'a medical document', 'zh-CN': '医疗类材料' },
  identity: { en: 'a document of identification', 'zh-CN': '证件类材料' },
};

const REASONS: Readonly<Record<string, Texts>> = {
  blurred: { en: 'it is blurred', 'zh-CN': '不清晰' },
  'cut-off': { en: 'part of it is cut off', 'zh-CN': '拍摄不完整' },
  'wrong-document': { en: 'it is another document', 'zh-CN': '不是所需材料' },
  expired: { en: 'it is out of date', 'zh-CN': '已过有效期' },
  'not-readable': { en: 'it cannot be read', 'zh-CN': '无法辨认' },
};

type Named = Pick<DocumentItem, 'code' | 'reason'>;

/** The reason of a rejection in words; undefined where it is none of the generic ones. */
export const rejectText = (reason: string | null, language: Language): string | undefined =>
  reason ? REASONS[reason]?.[language] : undefined;

/** What an item is called where others may look over the shoulder. */
function generalLabel(code: string, { kinds }: ChecklistBook, language: Language): string {
  const kind = kinds.find((one) => one.code === code);
  return kind?.sensitive ? GENERAL[kind.sensitive][language] : (kind?.label[language] ?? code);
}

/** The words of a message about documents: how many, which, why again. */
export function documentWords(items: readonly Named[], book: ChecklistBook, language: Language): Record<string, string> {
  const labels = items.map(({ code }) => generalLabel(code, book, language));
  const lines = items.map(({ reason }, index) => {
    const why = rejectText(reason, language);
    return `${index + 1}. ${labels[index]}${why ? (language === 'en' ? ` (${why})` : `（${why}）`) : ''}`;
  });
  const reasons = new Set(items.map(({ reason }) => reason));
  const why = reasons.size === 1 ? rejectText(items[0]!.reason, language) : undefined;
  const several = language === 'en' ? `${items.length} documents` : `${items.length}份材料`;
  return {
    itemCount: String(items.length),
    itemList: lines.join('\n'),
    itemLabel: items.length === 1 ? (language === 'en' ? lowerFirst(labels[0]!) : labels[0]!) : several,
    ...(why && { rejectReason: why }),
  };
}

const lowerFirst = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);
