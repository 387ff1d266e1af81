/** Somebody who holds the address that a message came from. */
export interface Holder {
  readonly id: string;
  readonly name: string;
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·.,，。、!！?？'"]+/g, ' ')
    .trim();

/**
 * The one holder who is named in an answer to *Who is writing?*: by the whole name, in either order for names with spaces. Undefined where
 * nobody is named, or more than one: a first name alone is never enough, because siblings talk of each other.
 */
export function namedHolder(text: string, holders: readonly Holder[]): Holder | undefined {
  const said = ` ${plain(text)} `;
  const named = holders.filter(({ name }) =>
    waysToSay(plain(name)).some((way) => (isHan(way) ? said.includes(way) : said.includes(` ${way} `))),
  );
  return named.length === 1 ? named[0] : undefined;
}

const isHan = (name: string): boolean => /^\p{Script=Han}+$/u.test(name);

const waysToSay = (name: string): string[] => {
  const parts = name.split(' ').filter(Boolean);
  // A name of one word or one character is too little to know somebody by.
  if (isHan(name) ? [...name].length < 2 : parts.length < 2) return [];
  return [name, [...parts].reverse().join(' ')];
};

/** The code in an answer, where it is nothing but a code. */
export const codeAlone = (text: string): string | undefined =>
  /^\D{0,20}(\d{3}[ -]?\d{3})\D{0,5}$/.exec(text.normalize('NFKC').trim())?.[1]?.replace(/\D/g, '');
