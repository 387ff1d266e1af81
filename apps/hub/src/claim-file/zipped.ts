import { Readable } from 'node:stream';
import { Zip, ZipPassThrough } from 'fflate';

/** One file of an archive. */
export interface Packed {
  readonly name: string;
  readonly content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** An archive as it is made: one file after the other, no more of it in memory than a piece. Nothing is compressed; photos and PDFs are already. */
export function zipped(files: AsyncIterable<Packed>): Readable {
  return Readable.from(pieces(files));
}

async function* pieces(files: AsyncIterable<Packed>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    ready.push(piece);
  });
  for await (const { name, content } of files) {
    const file = new ZipPassThrough(name);
    zip.add(file);
    for await (const piece of content) {
      file.push(piece);
      yield* ready.splice(0);
    }
    file.push(new Uint8Array(), true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}
