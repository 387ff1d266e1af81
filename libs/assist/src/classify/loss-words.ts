import type { LineOfBusiness } from '@claimline/messages';

/** What the words of a first message suggest. A suggestion: people and the claim core decide. */
export interface Impression {
  /** Somebody states that a loss has happened: the acknowledgement clock starts with it (corrections.md §2). */
  readonly newLoss: boolean;
  /** Somebody may be hurt: goes first. */
  readonly injury: boolean;
  readonly line: LineOfBusiness | undefined;
}

const LOSS = [
  /追尾|撞(?:了|到|上|车|坏)|碰(?:了|撞|擦)|刮(?:了|擦|蹭)|出(?:了)?(?:车祸|事故|险)|车祸|事故了|被盗|失窃|着火|起火|火灾|漏水|水淹|被淹|泡水|爆管|摔伤|受伤了|住院了|报案|报个案|出险/,
  /\b(?:crash(?:ed)?|rear[- ]?ended|collided|collision|accident|hit (?:me|my|by)|(?:was|got|been) (?:hit|stolen|burgled|robbed|flooded)|stolen|burst pipe|caught fire|house fire|flood(?:ed)?|hail|break[- ]?in|report (?:a |an |my )?(?:claim|loss|accident|theft)|new claim)\b/i,
];
// A question about an old claim also names accidents; these words say that it is one.
const ASKING = /进度|什么时候|多久|到账|赔款|审核|\b(?:status|update|when will|how long|any news|payment|my adjuster)\b/i;
const INJURY =
  /受伤|骨折|流血|昏迷|住院|救护车|伤者|死亡|去世|\b(?:injur(?:y|ed)|hurt|bleeding|broken (?:arm|leg|bone)|ambulance|hospital|unconscious|killed|died)\b/i;
const UNHURT =
  /人没事|没有(?:人)?受伤|无人受伤|人平安|\b(?:nobody|no one|no-one)(?: is| was|'s)? (?:hurt|injured)|not (?:hurt|injured)|no injur(?:y|ies)\b/i;

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
    injury: INJURY.test(text) && !UNHURT.test(text),
    line: LINES.find(([, words]) => words.test(text))?.[0],
  };
}

/** Whether the words say that nobody is hurt. */
export const saysUnhurt = (text: string): boolean => UNHURT.test(text);
