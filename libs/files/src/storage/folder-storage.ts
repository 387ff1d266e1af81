import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { HEAD_BYTES, MissingFile, StorageFull, TooLarge, type ByteRange, type Storage, type StoredBytes } from './storage';

const KEY = /^[0-9a-f]{64}$/;
const ABANDONED_MS = 24 * 3_600_000;

/** Files in a folder of this machine, named by the SHA-256 of what is in them: `ab/cd/abcd…`. Several processes may share it. */
export class FolderStorage implements Storage {
  private readonly root: string;
  private readonly arrivals: string;

  constructor(folder: string) {
    this.root = path.resolve(folder);
    this.arrivals = path.join(this.root, 'arriving');
  }

  async put(content: Readable, limit: number): Promise<StoredBytes> {
    // A sender may break off before the first byte is read: unheard, that would end the process. Whoever reads hears of it, too.
    content.on('error', () => undefined);
    await mkdir(this.arrivals, { recursive: true });
    const arriving = path.join(this.arrivals, randomUUID());
    try {
      const written = await writeAll(content, arriving, limit);
      await this.settle(arriving, written.key);
      return written;
    } catch (error) {
      await rm(arriving, { force: true });
      throw fullOr(error);
    } finally {
      content.destroy();
    }
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    const file = this.pathOf(key);
    if (!(await sizeOf(file))) throw new MissingFile(`no bytes lie under ${key}`);
    return createReadStream(file, range);
  }

  /** Removes bytes for good; what is not there is removed already. */
  async remove(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  /** Removes what processes that died left half written. Returns how many. */
  async sweep(now: Date): Promise<number> {
    const names = await readdir(this.arrivals).catch(() => []);
    let swept = 0;
    for (const name of names) {
      const file = path.join(this.arrivals, name);
      const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
      if (now.getTime() - mtimeMs < ABANDONED_MS) continue;
      await rm(file, { force: true });
      swept++;
    }
    return swept;
  }

  // The rename is what makes the file exist; the folders are flushed too, or a power cut could forget the name of a flushed file.
  private async settle(arriving: string, key: string): Promise<void> {
    const file = this.pathOf(key);
    const folder = path.dirname(file);
    const made = await mkdir(folder, { recursive: true });
    await rename(arriving, file);
    await flushFolder(folder);
    if (made) await flushFolder(path.dirname(folder));
    if (made) await flushFolder(this.root);
  }

  private pathOf(key: string): string {
    if (!KEY.test(key)) throw new MissingFile('not a key of this storage');
    return path.join(this.root, key.slice(0, 2), key.slice(2, 4), key);
  }
}

async function writeAll(content: Readable, file: string, limit: number): Promise<StoredBytes> {
  const handle = await open(file, 'wx', 0o600);
  try {
    const written = await copy(content, handle, limit);
    await handle.sync();
    return written;
  } finally {
    await handle.close();
  }
}

async function copy(content: Readable, handle: FileHandle, limit: number): Promise<StoredBytes> {
  const hash = createHash('sha256');
  const heads: Buffer[] = [];
  let size = 0;
  let inHead = 0;
  for await (const piece of content) {
    const chunk = Buffer.from(piece as Uint8Array);
    if (inHead < HEAD_BYTES) heads.push(chunk.subarray(0, HEAD_BYTES - inHead));
    inHead += chunk.length;
    size += chunk.length;
    if (size > limit) throw new TooLarge(limit);
    hash.update(chunk);
    await handle.writeFile(chunk);
  }
  const sha256 = hash.digest();
  return { key: sha256.toString('hex'), sha256, size, head: Buffer.concat(heads) };
}

const sizeOf = (file: string): Promise<true | undefined> =>
  stat(file).then(
    (found) => found.isFile() || undefined,
    () => undefined,
  );

async function flushFolder(folder: string): Promise<void> {
  // Windows cannot open folders; its file system keeps their order by itself.
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

// Device full, quota used up, larger than the file system takes.
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What a failed write means to its caller. */
export function fullOr(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return code && FULL.has(code) ? new StorageFull('there is no room for files: make some where HUB_FILES points', { cause: error }) : error;
}
