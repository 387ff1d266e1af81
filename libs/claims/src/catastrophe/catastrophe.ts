/** What struck. The names are stored: never renamed. */
export const PERILS = ['hail', 'flood', 'windstorm', 'wildfire', 'earthquake', 'freeze', 'other'] as const;
export type Peril = (typeof PERILS)[number];

/** One event that brings many claims: a storm, a flood. Claims carry its tag. */
export interface Catastrophe {
  readonly id: string;
  /** What claims and labels carry: `CAT-2026-TY21`. Never changed. */
  readonly tag: string;
  readonly name: string;
  readonly peril: Peril;
  /** The area in words, for people. */
  readonly area: string;
  /** Regions of claims that belong to it (`US-FL`, `CN-SH`); a country stands for all of its regions. */
  readonly jurisdictions: readonly string[];
  /** Lines of business that belong to it; none named: all. */
  readonly lines: readonly string[];
  /** ISO dates. `endsOn` null: it goes on. */
  readonly startsOn: string;
  readonly endsOn: string | null;
  /** Words of customers that name it, beside those of its peril. */
  readonly words: readonly string[];
  /** Claims whose loss falls into its area and time get its tag by themselves. */
  readonly byRule: boolean;
  readonly state: 'open' | 'closed';
  readonly createdAt: Date;
}

/** What customers say of each peril, in both languages. */
export const PERIL_WORDS: Readonly<Record<Peril, RegExp>> = {
  hail: /\bhail(?:stones?|storm)?\b|冰雹|雹/i,
  flood: /\bflood(?:ed|ing|s|water)?\b|\bunder water\b|洪水|洪灾|水淹|被淹|内涝|泡水|进水/i,
  windstorm: /\b(?:storm|typhoon|hurricane|tornado|gale|wind(?:storm)?)\b|台风|暴风|大风|飓风|龙卷风|刮风|暴雨/i,
  wildfire: /\bwild\s?fires?\b|\bbush\s?fires?\b|山火|野火|林火/i,
  earthquake: /\b(?:earth)?quake\b|地震/i,
  freeze: /\b(?:freeze|frozen|burst pipes?|ice storm)\b|冻裂|结冰|雪灾|冰冻/i,
  other: /(?!)/,
};

/** Whether somebody's words are about this event: they name its peril, or one of its own words. */
export function namesCatastrophe(text: string, { peril, words }: Pick<Catastrophe, 'peril' | 'words'>): boolean {
  const said = text.toLowerCase();
  return PERIL_WORDS[peril].test(text) || words.some((word) => word.trim() !== '' && said.includes(word.trim().toLowerCase()));
}
