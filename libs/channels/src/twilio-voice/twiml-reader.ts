/** One verb of a TwiML document. */
export interface TwimlVerb {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly TwimlVerb[];
  /** The words inside, children left out. */
  readonly text: string;
}

interface Open {
  name: string;
  attributes: Record<string, string>;
  children: TwimlVerb[];
  text: string;
}

// A tag with its attributes, or the words between two tags; declarations and comments match neither group.
const PIECES = /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([A-Za-z]+)((?:\s+[\w:]+="[^"]*")*)\s*(\/?)>|([^<]+)/g;

/** Reads TwiML as Twilio does; throws an `Error` where it is not well formed (Twilio's error 12100). */
export function readTwiml(document: string): readonly TwimlVerb[] {
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [root];
  let read = 0;
  for (const piece of document.matchAll(PIECES)) {
    if (piece.index !== read) throw new Error(`Document parse failure at ${read}`);
    read += piece[0].length;
    take(open, piece);
  }
  const [response] = root.children;
  if (open.length !== 1 || read !== document.length || response?.name !== 'Response') throw new Error('Document parse failure');
  return response.children;
}

function take(open: Open[], [, closes, name, attributes, empty, text]: RegExpMatchArray): void {
  const inside = open[open.length - 1]!;
  if (text !== undefined) inside.text += unescape(text);
  if (!name) return;
  if (closes) return close(open, name);
  open.push({ name, attributes: attributesIn(attributes ?? ''), children: [], text: '' });
  if (empty) close(open, name);
}

function close(open: Open[], name: string): void {
  const done = open.pop();
  const parent = open[open.length - 1];
  if (done?.name !== name || !parent) throw new Error(`Document parse failure: </${name}>`);
  parent.children.push({ ...done, text: done.text.trim() });
}

function attributesIn(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, unescape(value)]));
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex) return String.fromCodePoint(parseInt(hex, 16));
    return decimal ? String.fromCodePoint(Number(decimal)) : (ENTITIES[name ?? ''] ?? whole);
  });
}
