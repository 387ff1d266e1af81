// TNEF (MS-OXTNEF) is what Outlook makes of rich text: a stream of attributes, each level (1), id (4), length (4), data, checksum (2), little-endian.
const SIGNATURE = 0x223e9f78;
const ATTRIBUTE = { body: 0x0002800c, renderData: 0x00069002, title: 0x00018010, content: 0x0006800f, props: 0x00069005 } as const;
// MAPI property PidTagAttachLongFilename as 8-bit and as UTF-16 text.
const LONG_NAME = [0x3707001e, 0x3707001f];
const MOST_FILES = 100;

/** What a winmail.dat held. */
export interface TnefContent {
  readonly text?: string;
  readonly files: readonly { readonly name: string; readonly content: Buffer }[];
}

/** Whether a part is such a container, by its type or its name. */
export function isTnef(contentType: string, name: string): boolean {
  return /^application\/(?:vnd\.)?ms-tnef$/i.test(contentType) || name.toLowerCase() === 'winmail.dat';
}

/** Opens a container. What is broken or cut ends the reading; what was read before is given, and the container itself is kept by the caller. */
export function readTnef(bytes: Buffer): TnefContent {
  const files: { name: string; content: Buffer }[] = [];
  let text: string | undefined;
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== SIGNATURE) return { files };
  for (const { id, data } of attributes(bytes)) {
    const file = files.at(-1);
    if (id === ATTRIBUTE.renderData && files.length < MOST_FILES) files.push({ name: '', content: Buffer.alloc(0) });
    else if (id === ATTRIBUTE.body) text = untilNul(data.toString('latin1'));
    else if (file && id === ATTRIBUTE.title) file.name ||= untilNul(data.toString('latin1'));
    else if (file && id === ATTRIBUTE.content) file.content = data;
    else if (file && id === ATTRIBUTE.props) file.name = longName(data) ?? file.name;
  }
  return {
    text,
    files: files
      .filter((file) => file.content.length > 0)
      .map((file, index) => ({ ...file, name: plainName(file.name) || `attachment-${index + 1}` })),
  };
}

function* attributes(bytes: Buffer): Generator<{ id: number; data: Buffer }> {
  let at = 6;
  while (at + 9 <= bytes.length) {
    const length = bytes.readUInt32LE(at + 5);
    const end = at + 9 + length;
    if (end > bytes.length) return;
    yield { id: bytes.readUInt32LE(at + 1), data: bytes.subarray(at + 9, end) };
    at = end + 2;
  }
}

/** The long file name among the MAPI properties: type and id, one value, its length, its text. The property is found by its tag. */
function longName(data: Buffer): string | undefined {
  for (const tag of LONG_NAME) {
    const needle = Buffer.alloc(8);
    needle.writeUInt32LE(tag, 0);
    needle.writeUInt32LE(1, 4);
    const at = data.indexOf(needle);
    if (at < 0 || at + 12 > data.length) continue;
    const value = data.subarray(at + 12, at + 12 + Math.min(data.readUInt32LE(at + 8), 512));
    return untilNul(value.toString(tag === LONG_NAME[1] ? 'utf16le' : 'latin1')) || undefined;
  }
  return undefined;
}

const untilNul = (text: string) => text.split('\u0000', 1)[0] ?? '';
const plainName = (name: string) => name.replace(/^.*[\\/]/, '').trim();
