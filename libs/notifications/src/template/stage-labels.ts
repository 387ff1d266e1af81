import type { Language, Stage } from '@claimline/messages';

/** What customers read for a stage. 已受理 is "accepted"; a handler who is known is 已指定理赔员 (corrections.md §13). */
export const STAGE_LABELS: Readonly<Record<Stage, Readonly<Record<Language, string>>>> = {
  draft: { en: 'report started', 'zh-CN': '报案中' },
  reported: { en: 'report received', 'zh-CN': '已报案' },
  acknowledged: { en: 'handler assigned', 'zh-CN': '已指定理赔员' },
  documents: { en: 'waiting for documents', 'zh-CN': '待补充资料' },
  investigation: { en: 'being reviewed', 'zh-CN': '查勘审核中' },
  assessment: { en: 'amount being assessed', 'zh-CN': '定损核赔中' },
  decided: { en: 'decision made', 'zh-CN': '已核定' },
  settlement: { en: 'your agreement needed', 'zh-CN': '待确认赔付协议' },
  payment: { en: 'payment on its way', 'zh-CN': '支付中' },
  closed: { en: 'claim closed', 'zh-CN': '已结案' },
  reopened: { en: 'claim reopened', 'zh-CN': '已重开' },
  appeal: { en: 'appeal under review', 'zh-CN': '申诉处理中' },
};
