import { randomUUID } from 'node:crypto';
import { open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';

// Most mail is smaller and never touches the disk before it is stored.
const IN_MEMORY = 1024 * 1024;

/** A mail that has arrived whole and waits for its turn: a small one in memory, a large one in a temporary file. */
export interface SpooledMail {
  /** Undefined: it was longer than allowed, and was read to its end without being kept. */
  readonly size: number | undefined;
  bytes(): Promise<Buffer>;
  drop(): Promise<void>;
}

/** Reads a mail to its end, however slowly it comes, holding at most a megabyte of it. */
export async function spool(stream: Readable, limit: number): Promise<SpooledMail> {
  const spooling = new Spooling(path.join(tmpdir(), `claimline-mail-${randomUUID()}`), limit);
  try {
    // A sender hears our answer only when it has said everything: what is too long is read on, and dropped.
    for await (const chunk of stream) await spooling.add(chunk as Buffer);
    return await spooling.end();
  } catch (error) {
    await spooling.drop();
    throw error;
  }
}

class Spooling {
  private pieces: Buffer[] = [];
  private size = 0;
  private handle: FileHandle | undefined;
  private spilled = false;

  constructor(
    private readonly file: string,
    private readonly limit: number,
  ) {}

  async add(chunk: Buffer): Promise<void> {
    this.size += chunk.length;
    if (this.size > this.limit) return this.drop();
    this.pieces.push(chunk);
    if (this.size > IN_MEMORY) await this.spill();
  }

  async end(): Promise<SpooledMail> {
    if (this.spilled && this.size <= this.limit) await this.spill();
    await this.handle?.close();
    this.handle = undefined;
    const inMemory = this.spilled ? undefined : Buffer.concat(this.pieces);
    return {
      size: this.size > this.limit ? undefined : this.size,
      bytes: async () => inMemory ?? readFile(this.file),
      drop: () => this.drop(),
    };
  }

  async drop(): Promise<void> {
    this.pieces = [];
    await this.handle?.close();
    this.handle = undefined;
    if (this.spilled) await rm(this.file, { force: true });
  }

  private async spill(): Promise<void> {
    this.handle ??= await open(this.file, 'wx', 0o600);
    this.spilled = true;
    const pieces = this.pieces;
    this.pieces = [];
    await this.handle.writeFile(Buffer.concat(pieces));
  }
}
