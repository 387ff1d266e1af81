import type { Language, PrivacyClass } from '@claimline/messages';

/** A word that a template may use: what it is, and the most public channel on which it may travel (claims-and-sla.md §4.3). */
export interface Variable {
  readonly sensitivity: PrivacyClass;
  readonly sample: Readonly<Record<Language, string>>;
}

const word = (sensitivity: PrivacyClass, en: string, zh: string = en): Variable => ({ sensitivity, sample: { en, 'zh-CN': zh } });

/** Every variable there is. A new one is a line here and its value in `notice-words.ts`, or a fact of the same name from the claim core. */
export const VARIABLES: Readonly<Record<string, Variable>> = {
  brand: word('P0', 'Anhe', '安和保险'),
  helpPhone: word('P0', '400 800 1234'),
  salutation: word('P1', 'Dear Ms Chen', '李女士'),
  claimRef: word('P1', '*000123'),
  claimChoices: word('P1', '1) *000123 motor 2) *000456 property', '1) *000123 车险 2) *000456 家财险'),
  stageLabel: word('P1', 'being reviewed', '查勘审核中'),
  nextStep: word('P1', 'inspection', '查勘'),
  promisedBy: word('P1', '5 Dec 2026 (GMT+8)', '2026年12月5日（北京时间）'),
  receivedAt: word('P1', '22 Nov 2026, 16:00 GMT+8', '2026年11月22日16:00（北京时间）'),
  closedAt: word('P1', '22 Nov 2026, 16:00 GMT+8', '2026年11月22日16:00（北京时间）'),
  handlerName: word('P1', 'Li Na', '李娜'),
  previousHandlerName: word('P1', 'Wang Fang', '王芳'),
  handlerPhone: word('P1', '+86 21 5555 0101'),
  officeHours: word('P0', 'Mon-Fri 9:00-17:30', '周一至周五9:00-17:30'),
  portalUrl: word('P1', 'https://claims.example.test/p/x7Kq'),
  itemCount: word('P1', '3'),
  itemLabel: word('P1', 'the photos of the damage', '损失照片'),
  itemList: word('P2', '1. Claim form\n2. An identity document', '1. 理赔申请书\n2. 身份类材料'),
  rejectReason: word('P1', 'it is blurred', '不清晰'),
  dueDate: word('P1', '5 Dec 2026 (GMT+8)', '2026年12月5日（北京时间）'),
  offerExpiry: word('P1', '5 Dec 2026 (GMT+8)', '2026年12月5日（北京时间）'),
  expectedBy: word('P1', '5 Dec 2026 (GMT+8)', '2026年12月5日（北京时间）'),
  appealDeadline: word('P1', '5 Jan 2027 (GMT+8)', '2027年1月5日（北京时间）'),
  methodLabel: word('P1', 'bank transfer', '银行转账'),
  accountLast4: word('P1', '6688'),
  code: word('P0', '480 125'),
  appointmentTime: word('P1', '24 Nov 2026, 09:00-11:00 GMT+8', '2026年11月24日9:00-11:00（北京时间）'),
  quietUntil: word('P0', '23 Nov 2026, 08:00 GMT+8', '2026年11月23日08:00（北京时间）'),
  waitHours: word('P0', '4'),
  eventName: word('P0', 'Typhoon 21', '第21号台风'),
  returnsAt: word('P0', '30 Nov 2026, 09:00 GMT+8', '2026年11月30日09:00（北京时间）'),
  complaintRef: word('P1', 'CP-2026-000123'),
  complaintDueBy: word('P1', '7 Dec 2026 (GMT+8)', '2026年12月7日'),
  complaintRoutes: word('P1', 'your insurance regulator', '保险消费投诉热线12378'),
  complaintProgress: word('P1', 'We have asked the garage for its report.', '我们已向维修厂调取资料。'),
  complaintOutcome: word('P2', 'We have checked the amount and pay the difference.', '经复核，我们将补付差额部分。'),
  policyLast4: word('P2', '8812'),
  lossArea: word('P2', "Jing'an", '静安区'),
  amount: word('P3', '1,250.00 USD', '1250.00元'),
  plate: word('P3', 'HX-12345', '沪A12345'),
  policyNumber: word('P3', 'PDAA2026310000008812'),
  itemNames: word('P3', 'medical record', '病历'),
  reason: word('P3', 'deductible', '免赔额'),
  policyClause: word('P3', 'section 4.2', '第四条第二款'),
  account: word('P3', '6222 **** **** 6688'),
};

/** Values for the variables of one text. What is missing is not known; it is never an empty word. */
export type Words = Readonly<Record<string, string>>;

/**
 * A claim number for a channel: the last six characters where others may look over the shoulder, all of it where they may not.
 * Marked by an asterisk, because an ellipsis would turn an English SMS to UCS-2 and double its price.
 */
export function claimReference(number: string, privacy: PrivacyClass): string {
  return privacy <= 'P1' && number.length > 6 ? `*${number.slice(-6)}` : number;
}

/** Only the words that may travel at this privacy. */
export const publicWords = (words: Words, privacy: PrivacyClass): Words =>
  Object.fromEntries(Object.entries(words).filter(([name, value]) => value !== '' && (VARIABLES[name]?.sensitivity ?? 'P4') <= privacy));
