import type { LineOfBusiness } from '@claimline/messages';

/** What the words of a first message suggest. A suggestion: people and the claim core decide. */
export interface Impression {
  /** Somebody states that a loss has happened: the acknowledgement clock starts with it (corrections.md §2). */
  readonly newLoss: boolean;
  /** Somebody may be hurt: goes first. */
  readonly injury: boolean;
  /** Somebody may have died. */
  readonly fatality: boolean;
  readonly line: LineOfBusiness | undefined;
}

const LOSS = [
  /追尾|撞(?:了|到|上|车|坏)|碰(?:了|撞|擦)|刮(?:了|擦|蹭)|出(?:了)?(?:车祸|事故|险)|车祸|事故了|被盗|失窃|着火|起火|火灾|漏水|水淹|被淹|泡水|爆管|摔伤|受伤了|住院了|报案|报个案|出险/,
  /\b(?:crash(?:ed)?|rear[- ]?ended|collided|collision|accident|hit (?:me|my|by)|(?:was|got|been) (?:hit|stolen|burgled|robbed|flooded)|stolen|burst pipe|caught fire|house fire|flood(?:ed)?|hail|break[- ]?in|report (?:a |an |my )?(?:claim|loss|accident|theft)|new claim)\b/i,
];
// A question about an old claim also names accidents; these words say that it is one.
const ASKING = /进度|什么时候|多久|到账|赔款|审核|\b(?:status|update|when will|how long|any news|payment|my adjuster)\b/i;
const INJURY =
  /受(?:了)?(?:重|轻)?伤|骨折|流血|出血|昏迷|昏倒|晕倒|住院|送医|急救|救护车|伤者|伤员|被(?:困|压|砸伤|烧伤|烫伤)|砸伤|烧伤|烫伤|触电|脑震荡|喘不过气|死亡|遇难|去世|\b(?:injur(?:y|ies|ed)|hurt|wounded|bleeding|concussion|burn(?:ed|t) (?:my|his|her|our)|broken (?:arm|leg|bone|rib)s?|trapped|stuck under|ambulance|hospital|emergency room|unconscious|electrocuted|can'?t breathe|killed|died|fatal(?:ity|ly)?)\b/i;
// "Nobody was hurt" says the opposite with the same words; so does a house that is hurt, which nobody says in Chinese.
const UNHURT =
  /人(?:都)?没事|(?:没有|没|无)(?:人|人员|任何人)?(?:受伤|伤亡|被困)|人(?:员)?平安|都平安|\b(?:nobody|no one|no-one|none of us)(?: is| was|'s| got| were)? (?:hurt|injured|trapped)|not (?:hurt|injured)|(?:no|without) (?:injur(?:y|ies)|casualties)|un(?:hurt|injured)\b/i;
const FATALITY = /死亡|遇难|身亡|丧生|\b(?:killed|died|dead|fatal(?:ity|ly)?|lost (?:his|her|their) life)\b/i;
// A phone that died is no death.
const NOT_A_DEATH = /\b(?:battery|phone|engine|car|power|line)(?: has| is| was)? (?:died|dead)\b/i;

const LINES: readonly (readonly [LineOfBusiness, RegExp])[] = [
  [
    'motor',
    /车|追尾|驾驶|轮胎|保险杠|\b(?:car|vehicle|truck|bumper|windshield|driver|plate|rear[- ]?end(?:ed)?|motor(?:cycle)?|garage)\b/i,
  ],
  ['property', /房|屋|漏水|火灾|水管|被淹|家里|\b(?:house|home|roof|pipe|kitchen|basement|burglary|flood(?:ed)?|apartment)\b/i],
  ['travel', /航班|行李|旅行|旅游|\b(?:flight|luggage|baggage|trip)\b/i],
  ['health', /住院|手术|门诊|医疗费|\b(?:surgery|hospital bill|medical bill|treatment)\b/i],
  ['accident', /摔伤|骨折|意外|\b(?:fell|slipped|broken (?:arm|leg))\b/i],
  ['life', /身故|去世|\b(?:passed away|deceased)\b/i],
];

/** Reads a loss, an injury and a line of business from words in English or Chinese, by rules that can be read. */
export function impressionOf(text: string): Impression {
  return {
    newLoss: LOSS.some((words) => words.test(text)) && !ASKING.test(text),
    injury: INJURY.test(without(text, NOT_A_DEATH)) && !UNHURT.test(text),
    fatality: FATALITY.test(without(text, NOT_A_DEATH)) && !UNHURT.test(text),
    line: LINES.find(([, words]) => words.test(text))?.[0],
  };
}

/** Whether the words say that nobody is hurt. */
export const saysUnhurt = (text: string): boolean => UNHURT.test(text);

const without = (text: string, words: RegExp): string => text.replace(words, ' ');
