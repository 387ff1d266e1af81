/** What in a mail or paper may name a claim. Numbers and plates without spaces, dashes and dots, in capitals. */
export interface Clues {
  readonly numbers: readonly string[];
  /** Runs of letters and digits that may be a policy number or a plate. */
  readonly codes: readonly string[];
  readonly names: readonly string[];
  /** ISO 8601 calendar days: of birth, or of the loss. */
  readonly days: readonly string[];
}

const CLAIM_NUMBER = /\b[A-Z]{2,5}-\d{4}-\d{4,8}\b/gi;
// 沪A·12345, HX-12345, PDAA2026310000008812: letters and digits with the signs that people put between.
const CODE = /[\p{Script=Han}]?[A-Z0-9](?:[·\- ]?[A-Z0-9]){4,29}/gu;
const LABELLED = /(?:姓名|患者|病人|伤者|被保险人|投保人|车主|客户|死者)[:：\s]*([\p{Script=Han}·]{2,6})/gu;
const LATIN_NAME = /\p{Lu}[\p{L}'’]+(?:[ -]\p{Lu}[\p{L}'’]+){1,2}/gu;
const DAY = /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/g;

// More is a telephone book, and no paper names that many.
const MOST = 200;

const unique = (all: Iterable<string>): string[] => [...new Set(all)].slice(0, MOST);
const bare = (code: string): string => code.replace(/[ \-·]/g, '').toUpperCase();

/** Reads what may name a claim. It only finds; whether there is such a claim, the mirror knows, and whether it is the right one, a person. */
export function cluesIn(text: string): Clues {
  const capitals = text.toUpperCase();
  return {
    numbers: unique([...text.matchAll(CLAIM_NUMBER)].map(([number]) => number.toUpperCase())),
    codes: unique([...capitals.matchAll(CODE)].flatMap(([code]) => codesOf(code))),
    names: unique([...chineseNames(text), ...latinNames(text)]),
    days: unique([...text.matchAll(DAY)].flatMap(([, year, month, day]) => dayOf(Number(year), Number(month), Number(day)))),
  };
}

/** A run may be one code with spaces in it, or words beside a code: the whole and each part count, where they hold a digit. */
function codesOf(run: string): string[] {
  const parts = run.split(' ');
  const pairs = parts.slice(1).map((part, at) => parts[at]! + part);
  const forms = [run, ...parts, ...pairs].map(bare);
  // A Han character before a code is a plate's province, or the end of a word.
  return [...forms, ...forms.map((form) => form.replace(/^\p{Script=Han}/u, ''))].filter((form) => form.length >= 5 && /\d/.test(form));
}

// Where a Chinese name ends, only its owner knows: each beginning of two to four characters counts.
function chineseNames(text: string): string[] {
  return [...text.matchAll(LABELLED)].flatMap(([, run]) =>
    [2, 3, 4].filter((n) => [...run!].length >= n).map((n) => [...run!].slice(0, n).join('')),
  );
}

function latinNames(text: string): string[] {
  const runs = [...text.matchAll(LATIN_NAME)].map(([run]) => run.split(/ /));
  const found = runs.flatMap((words) => [words, ...words.slice(1).map((word, at) => [words[at]!, word])]);
  return found.map((words) => words.map(titled).join(' '));
}

// LI WEI on a form is Li Wei in the mirror.
const titled = (word: string): string => (word === word.toUpperCase() ? word[0]! + word.slice(1).toLowerCase() : word);

function dayOf(year: number, month: number, day: number): string[] {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? [date.toISOString().slice(0, 10)] : [];
}
