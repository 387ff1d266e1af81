import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type ArchivedSequence, type ArchivedTable, type ArchiveHeader, type ArchiveTotals, END_OF_ROWS, MAGIC } from './archive-format';
import { TransferRefused } from './transfer-error';

/** A part of the archive in the order of the file. The rows of a table are read to their end, or not at all: then they are skipped. */
export type ArchivePart =
  | { readonly kind: 'header'; readonly header: ArchiveHeader }
  | { readonly kind: 'table'; readonly table: ArchivedTable; readonly rows: AsyncIterable<Buffer> }
  | { readonly kind: 'sequence'; readonly sequence: ArchivedSequence }
  | { readonly kind: 'end'; readonly totals: ArchiveTotals };

const END = Buffer.from(END_OF_ROWS);
const END_AFTER_ROW = Buffer.from(`\n${END_OF_ROWS}`);
const NEWLINE = 10;
const CHUNK_BYTES = 256 * 1024;

/** Reads an archive part by part. Raises `TransferRefused` for anything that is no archive, or not a whole one. */
export async function* readArchive(file: string): AsyncGenerator<ArchivePart> {
  const text = new ArchiveText(unzipped(file));
  if ((await text.line()) !== MAGIC) throw new TransferRefused(`${file} is not a Claimline archive of a kind this version knows.`);
  for (;;) {
    const part = await readPart(text);
    yield part;
    if (part.kind === 'end') return;
    if (part.kind === 'table') for await (const _ of part.rows); // where the caller has read none
  }
}

async function readPart(text: ArchiveText): Promise<ArchivePart> {
  const [, word, content] = /^(\w+) (\{.*\})$/.exec(await text.line()) ?? [];
  if (word === 'header') return { kind: word, header: parsed<ArchiveHeader>(content) };
  if (word === 'table') return { kind: word, table: parsed<ArchivedTable>(content), rows: text.rows() };
  if (word === 'sequence') return { kind: word, sequence: parsed<ArchivedSequence>(content) };
  if (word === 'end') return { kind: word, totals: parsed<ArchiveTotals>(content) };
  throw new TransferRefused('The archive has a line that this version does not know.');
}

/** Written by our own export; what is wrong in it PostgreSQL refuses. */
function parsed<Content>(json: string | undefined): Content {
  return JSON.parse(json ?? '') as Content;
}

async function* unzipped(file: string): AsyncGenerator<Buffer> {
  const unzip = pipeline(createReadStream(file), createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined);
  try {
    for await (const chunk of unzip) yield chunk as Buffer;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TransferRefused(`${file} cannot be read to its end (${reason}).`);
  }
}

/** The unzipped bytes: as lines, and where they are rows as they come, whole or not; a row may be many megabytes long. */
class ArchiveText {
  private pending: Buffer = Buffer.alloc(0);

  constructor(private readonly chunks: AsyncGenerator<Buffer>) {}

  async line(): Promise<string> {
    let end = this.pending.indexOf(NEWLINE);
    for (; end < 0; end = this.pending.indexOf(NEWLINE)) await this.more();
    return this.take(end + 1).toString('utf8', 0, end);
  }

  async *rows(): AsyncGenerator<Buffer> {
    while (this.pending.length < END.length) await this.more();
    if (this.pending.subarray(0, END.length).equals(END)) return void this.take(END.length);
    let end = this.pending.indexOf(END_AFTER_ROW);
    for (; end < 0; end = this.pending.indexOf(END_AFTER_ROW)) {
      const passed = this.pending.length - END.length; // the rest may be the beginning of the end
      if (passed > 0) yield this.take(passed);
      await this.more();
    }
    yield this.take(end + 1);
    this.take(END.length);
  }

  private take(length: number): Buffer {
    const taken = this.pending.subarray(0, length);
    this.pending = this.pending.subarray(length);
    return taken;
  }

  private async more(): Promise<void> {
    const next = await this.chunks.next();
    if (next.done) throw new TransferRefused('The archive is cut short.');
    this.pending = this.pending.length === 0 ? next.value : Buffer.concat([this.pending, next.value]);
  }
}
