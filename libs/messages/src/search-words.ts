// How text becomes findable without a dictionary: Chinese, Japanese and Korean by pairs of characters, everything else by words,
// numbers by every suffix. The same function cuts what is stored and what is asked, so both always agree.

/** Words beyond this many are not indexed: PostgreSQL refuses a tsvector above one megabyte, and 40,000 words stay well below. */
const MOST_WORDS = 40_000;
/** PostgreSQL keeps positions up to 16,383; we start again before that, so that neighbours stay neighbours. */
const POSITIONS = 16_000;
/** PostgreSQL refuses a word above 2,046 bytes; nothing longer than this is a word anyway. */
const LONGEST = 64;
/** The shortest ending of a number that is found by itself: the last three digits of a plate. */
const SHORTEST_SUFFIX = 3;

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const RUNS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}\p{M}])+/gu;
// "138-0013 8000", "(021) 6437 5000": one number, however it is written.
const SPACED_NUMBER = /\+?\(?\d[\d().\- ]{4,}\d/g;
// "CLM-2026-000123", "A·12345", "1.250": one mark where a digit is part of it.
const JOINED_MARK = /[a-z0-9]+(?:[-·•./_][a-z0-9]+)+/g;

interface Run {
  readonly text: string;
  readonly cjk: boolean;
}

/** Cuts text into runs of one kind, marks and numbers joined and folded. */
function runsOf(text: string): Run[] {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(SPACED_NUMBER, (number) => number.replace(/\D/g, ''))
    .replace(JOINED_MARK, (mark) => (/\d/.test(mark) ? mark.replace(/[^a-z0-9]/g, '') : mark));
  return (folded.match(RUNS) ?? []).flatMap((run) => (CJK.test(run) ? [{ text: run, cjk: true }] : pieces(run)));
}

const pieces = (run: string): Run[] => {
  if (run.length <= LONGEST) return [{ text: run, cjk: false }];
  const characters = [...run];
  const count = Math.ceil(characters.length / LONGEST);
  return Array.from({ length: count }, (_, i) => ({ text: characters.slice(i * LONGEST, (i + 1) * LONGEST).join(''), cjk: false }));
};

/** The words of a run with their place in it: pairs and the last character alone, or the word and the endings of a number. */
function wordsOf(run: Run): { words: { word: string; at: number }[]; width: number } {
  if (!run.cjk && !/\d/.test(run.text)) return { words: [{ word: run.text, at: 0 }], width: 1 };
  const characters = [...run.text];
  if (run.cjk) return { words: characters.map((one, at) => ({ word: one + (characters[at + 1] ?? ''), at })), width: characters.length };
  const endings = characters.slice(1, Math.max(1, characters.length - SHORTEST_SUFFIX + 1)).map((_, i) => characters.slice(i + 1).join(''));
  return { words: [run.text, ...endings].map((word) => ({ word, at: 0 })), width: 1 };
}

/**
 * The words by which a text is found, in PostgreSQL's own notation (`'追尾':1 '尾':2`): cast it with `::tsvector`.
 * Any two neighbouring Chinese characters, any word, any beginning of a word and any stretch of a number (plates, policies, phones) are found.
 */
export function searchVector(text: string): string {
  const words: string[] = [];
  let position = 0;
  for (const run of runsOf(text)) {
    const cut = wordsOf(run);
    for (const { word, at } of cut.words) words.push(`'${word}':${((position + at) % POSITIONS) + 1}`);
    position += cut.width;
    if (words.length >= MOST_WORDS) break;
  }
  return words.slice(0, MOST_WORDS).join(' ');
}

/**
 * What somebody typed as a query for `::tsquery`; undefined where it has neither letters nor digits.
 * Terms parted by spaces must all occur, anywhere; what is written together must stand together.
 */
export function searchQuery(text: string): string | undefined {
  const joined = text.normalize('NFKC').replace(SPACED_NUMBER, (number) => number.replace(/\D/g, ''));
  const terms = joined
    .split(/\s+/)
    .map((term) => phrase(runsOf(term)))
    .filter((term) => term !== '');
  return terms.length > 0 ? terms.join(' & ') : undefined;
}

function phrase(runs: readonly Run[]): string {
  let query = '';
  let distance = 1;
  for (const run of runs) {
    const characters = [...run.text];
    const pairs = characters.length > 1 && run.cjk;
    const words = pairs ? characters.slice(0, -1).map((one, at) => `'${one}${characters[at + 1]}'`) : [`'${run.text}':*`];
    query += (query ? ` <${distance}> ` : '') + words.join(' <-> ');
    // The last character of a run of pairs has a place of its own.
    distance = pairs ? 2 : 1;
  }
  return query;
}
