/** What the words of a message say about how the customer feels. A suggestion: a complaints officer decides. */
export interface ComplaintImpression {
  /** They complain, or say that they will: a draft is opened. Which signs, by code. */
  readonly signals: readonly string[];
  /** They are angry or in despair: a person looks, also where nobody complains. */
  readonly negative: boolean;
}

// One line of the table: a sign and its words in both languages. Plain rules: whoever reads a draft can see what opened it.
const SIGNS: readonly (readonly [sign: string, words: RegExp])[] = [
  ['complaint', /投诉|申诉你们|举报|\b(?:complain(?:t|ts|ing)?|formal grievance|grievance)\b/i],
  [
    'regulator',
    /监管(?:部门|机构|局)|银保监|金融监管|金管局|保监会|12378|消费者协会|消协|\b(?:insurance commissioner|department of insurance|ombudsman|regulator(?:s)?|FCA|NAIC|bad faith)\b/i,
  ],
  ['court', /起诉|打官司|法院见|\b(?:sue you|see you in court|taking (?:you|this) to court|my lawyer will)\b/i],
  ['press', /曝光|媒体曝光|上热搜|\b(?:go(?:ing)? to the press|on social media|newspaper)\b/i],
];

const NEGATIVE =
  /气死|太过分|无法接受|不能接受|骗子|骗人|推诿|敷衍|踢皮球|忍无可忍|失望|垃圾|没人管|没有人管|一拖再拖|不负责任|什么态度|\b(?:furious|outrageous|disgust(?:ed|ing)|unacceptable|ridiculous|appall(?:ed|ing)|scam|liars?|incompetent|fed up|sick of|terrible|disgraceful|worst|shame on you|angry)\b|!{2,}|！{2,}/i;

// "No complaint", "I am not complaining", "没有投诉": the word is there and the thing is not.
const DENIED =
  /(?:不是|没有|没|无意|不想|不打算|撤销|撤回|取消)(?:要|再)?投诉|\b(?:no complaints?|not (?:a |an )?(?:complain(?:t|ing)|grievance)|without complaint|withdraw (?:my|the) complaint)\b/i;
// Somebody asks how one complains, or thanks for how it went: not yet, and not any more.
const PRAISE = /表扬|感谢你们|谢谢你们的(?:帮助|处理)|\b(?:thank you for (?:resolving|handling|solving)|happy with)\b/i;

/** Reads a complaint from words in English or Chinese. */
export function complaintIn(text: string): ComplaintImpression {
  const negative = NEGATIVE.test(text);
  const signals = SIGNS.filter(([, words]) => words.test(text)).map(([sign]) => sign);
  if (DENIED.test(text) || (PRAISE.test(text) && !negative)) return { signals: [], negative };
  // A court or the press alone is news of another kind; with anger it is a complaint.
  const complains = signals.includes('complaint') || signals.includes('regulator') || (signals.length > 0 && negative);
  return { signals: complains ? signals : [], negative };
}
