/** A piece of a text: what was searched for, or what stands between. */
export interface TextPart {
  readonly text: string;
  readonly found: boolean;
}

const escaped = (letter: string): string => letter.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

// Plates, policy and phone numbers are written with dots, hyphens and spaces in one place and without in the other.
const patternOf = (word: string): string => {
  const letters = [...word.replace(/[\s·.\-]+/g, '')].map(escaped);
  return /\d/.test(word) ? letters.join('[\\s·.\\-]*') : letters.join('');
};

/** Cuts a text where the words of a query stand in it, in any case and any script. Without a match it is one piece. */
export function matchesIn(text: string, query: string): readonly TextPart[] {
  const words = query.trim().split(/\s+/).filter(Boolean);
  const patterns = words
    .map(patternOf)
    .filter(Boolean)
    .sort((a, b) => b.length - a.length);
  if (patterns.length === 0) return [{ text, found: false }];
  const pieces = text.split(new RegExp(`(${patterns.join('|')})`, 'giu'));
  return pieces.map((piece, at) => ({ text: piece, found: at % 2 === 1 })).filter((piece) => piece.text !== '');
}

/** A window of the text around the first match, so that the match is seen in a single line. */
export function aroundMatch(text: string, query: string, length = 90): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const before = matchesIn(flat, query)[0];
  const start = before && !before.found && before.text.length < flat.length ? before.text.length : 0;
  const lead = Math.floor(length / 4);
  if (start <= lead) return flat;
  return `…${flat.slice(start - lead)}`;
}
