import { inflateSync } from 'node:zlib';

const WOFF = { header: 44, entry: 20 };
const SFNT = { header: 12, entry: 16 };
const aligned = (length) => (length + 3) & ~3;

/**
 * A WOFF font as it is before packing (https://www.w3.org/TR/WOFF/). What draws PDFs unpacks a packed table anew for every glyph that it
 * looks up there; of a Chinese font that is megabytes for each character, and seconds for a page.
 */
export function unpackedFont(woff) {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => tableAt(woff, WOFF.header + index * WOFF.entry));
  const start = SFNT.header + count * SFNT.entry;
  const font = Buffer.alloc(start + tables.reduce((sum, { content }) => sum + aligned(content.length), 0));
  const power = Math.floor(Math.log2(count));
  woff.copy(font, 0, 4, 8);
  for (const [index, value] of [count, 16 << power, power, (count - (1 << power)) * 16].entries()) font.writeUInt16BE(value, 4 + index * 2);
  let offset = start;
  for (const [index, { tag, checksum, content }] of tables.entries()) {
    const entry = SFNT.header + index * SFNT.entry;
    tag.copy(font, entry);
    for (const [field, value] of [checksum, offset, content.length].entries()) font.writeUInt32BE(value, entry + 4 + field * 4);
    content.copy(font, offset);
    offset += aligned(content.length);
  }
  return font;
}

function tableAt(woff, at) {
  const [offset, packed, length, checksum] = [4, 8, 12, 16].map((field) => woff.readUInt32BE(at + field));
  const bytes = woff.subarray(offset, offset + packed);
  return { tag: woff.subarray(at, at + 4), checksum, content: packed < length ? inflateSync(bytes) : bytes };
}
