import type { LineOfBusiness } from '@claimline/messages';
import { impressionOf, saysUnhurt } from './loss-words';

/** What the words of somebody who reports a loss already tell of it. Suggestions for a form that a person reads. */
export interface ReportHints {
  /** Undefined: nothing was said of anybody. */
  readonly injured?: boolean;
  readonly line?: LineOfBusiness;
  readonly lossKind?: string;
  readonly location?: string;
  readonly plate?: string;
  /** A policy number or its end, as it was said. */
  readonly policy?: string;
  /** Days before the day of the message: 0 for today, 1 for yesterday. */
  readonly daysAgo?: number;
  readonly usable?: boolean;
}

// In the order of asking: who was hit from behind also collided.
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['rear-end', /追尾|\brear[- ]?end(?:ed)?\b/i],
  ['theft', /被盗|被偷|失窃|\b(?:stolen|theft|burgled|burglary|robbed|break[- ]?in)\b/i],
  ['fire', /着火|起火|火灾|\b(?:fire|burnt|burned)\b/i],
  ['water', /漏水|水淹|被淹|泡水|爆管|\b(?:burst pipe|flood(?:ed)?|leak(?:ing|ed)?|water damage)\b/i],
  ['storm', /台风|暴雨|冰雹|\b(?:storm|hail|wind damage|hurricane|typhoon)\b/i],
  ['glass', /玻璃|\b(?:windshield|windscreen|glass)\b/i],
  ['animal', /撞(?:了|到)?(?:狗|鹿|动物)|\b(?:deer|animal)\b/i],
  ['delay', /延误|\b(?:flight delay|delayed flight|delayed)\b/i],
  ['luggage', /行李|\b(?:luggage|baggage)\b/i],
  ['death', /身故|去世|\b(?:passed away|died)\b/i],
  ['collision', /撞|碰|刮|车祸|\b(?:crash(?:ed)?|collided|collision|hit (?:me|my|by|a)|accident)\b/i],
  ['injury', /受伤|骨折|摔伤|\b(?:injured|broken (?:arm|leg)|fell)\b/i],
];

// A plate of the mainland: a province, a letter, five characters, six for electric cars (GA 36-2018).
const PLATE = /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][\s·•.-]?[A-Z0-9]{5,6}/;
const POLICY = /(?:保单(?:号|尾号)?|policy(?:\s*(?:number|no\.?))?)\s*(?:是|为|is|:|：|#)?\s*([A-Z]{0,6}\d[\dA-Z-]{3,29})/i;
// Up to the next comma or verb: "在延安路被追尾了", "on Elm Street near the bank".
const PLACE_ZH = /在([^，。,.！!？?\s]{2,30}?(?:路|街|大道|高速|立交|桥|隧道|路口|小区|停车场|广场|服务区|县|镇))/;
const PLACE_EN =
  /\b(?:on|at|near)\s+((?:[A-Z][\w'-]*|the)(?:\s+(?:[A-Z][\w'-]*|\d+)){0,4}\s+(?:Street|St|Road|Rd|Avenue|Ave|Highway|Hwy|Boulevard|Blvd|Lane|Bridge|Drive|Parking))\b/;
const AGO: readonly (readonly [number, RegExp])[] = [
  [2, /前天|\bthe day before yesterday\b/i],
  [1, /昨天|昨晚|昨日|\b(?:yesterday|last night)\b/i],
  [0, /今天|刚才|刚刚|今早|\b(?:today|just now|this morning)\b/i],
];
const UNUSABLE =
  /开不了|不能开|动不了|没法住|\b(?:cannot|can't|can not|won't|not) (?:be )?(?:drive|driven|start|drivable|habitable|live)\b|\bundrivable\b/i;
const USABLE = /还能开|能开走|\b(?:still|can) (?:drives?|be driven|drivable)\b/i;

/** Reads what a report needs from words in English or Chinese, by rules that can be read. */
export function reportHints(text: string): ReportHints {
  const { injury, line } = impressionOf(text);
  const hints = {
    injured: injury ? true : saysUnhurt(text) ? false : undefined,
    line,
    lossKind: KINDS.find(([, words]) => words.test(text))?.[0],
    location: (PLACE_ZH.exec(text) ?? PLACE_EN.exec(text))?.[1],
    plate: PLATE.exec(text.toUpperCase())?.[0],
    policy: POLICY.exec(text)?.[1],
    daysAgo: AGO.find(([, words]) => words.test(text))?.[0],
    usable: UNUSABLE.test(text) ? false : USABLE.test(text) ? true : undefined,
  };
  return Object.fromEntries(Object.entries(hints).filter(([, value]) => value !== undefined));
}
