const PREDEFINED: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&apos;': "'" };
// A text message has at most 2048 bytes; articles and menus somewhat more.
const LONGEST = 1_000_000;

/**
 * Reads the only XML that WeChat sends: `<xml>` with fields, each a text or CDATA. What a field holds of further elements is kept as it is written.
 * Strict on purpose: no document type, no entities but the five predefined, no attributes, nothing behind the end. Throws where it is anything else.
 */
export function readFlatXml(source: string): Record<string, string> {
  const text = source.trim().replace(/^<\?xml[^<>]{0,100}\?>\s*/, '');
  const inner = /^<xml>([^]*)<\/xml>$/.exec(text)?.[1];
  if (inner === undefined || text.length > LONGEST) throw new SyntaxError('expected <xml>…</xml> and nothing before it');
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  let at = 0;
  for (;;) {
    const open = /\s*<([A-Za-z_][\w-]{0,63})(\/?)>/y;
    open.lastIndex = at;
    const [all, name = '', empty] = open.exec(inner) ?? [];
    if (all === undefined) break;
    const { value, end } = empty ? { value: '', end: at + all.length } : contentOf(inner, at + all.length, name);
    fields[name] = value;
    at = end;
  }
  if (inner.slice(at).trim()) throw new SyntaxError('expected fields only');
  return fields;
}

/** The text from here to the end tag; an end tag inside CDATA is text. */
function contentOf(inner: string, from: number, name: string): { value: string; end: number } {
  const piece = /<!\[CDATA\[([^]*?)\]\]>|<(\/?)([A-Za-z_][\w-]*)>|([^<]+)/y;
  piece.lastIndex = from;
  let value = '';
  for (let found = piece.exec(inner); found; found = piece.exec(inner)) {
    const [all, cdata, slash, tag, text] = found;
    if (slash && tag === name) return { value: value.trim() === '' ? '' : value, end: piece.lastIndex };
    value += cdata ?? (tag ? all : plain(text ?? ''));
  }
  throw new SyntaxError(`<${name}> has no end`);
}

function plain(text: string): string {
  return text.replace(/&[^;\s]{0,10};?/g, (entity) => {
    const letter = PREDEFINED[entity];
    if (letter === undefined) throw new SyntaxError('entities are not read');
    return letter;
  });
}

/** Writes what {@link readFlatXml} reads: numbers plain, all else as CDATA. */
export function writeFlatXml(fields: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(fields).map(
    ([name, value]) =>
      `<${name}>${typeof value === 'number' ? value : `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`}</${name}>`,
  );
  return `<xml>${lines.join('')}</xml>`;
}
