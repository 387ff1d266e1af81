import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { FolderStorage, fullOr } from './folder-storage';
import { HEAD_BYTES, MissingFile, StorageFull, TooLarge } from './storage';

let folder: string;
let storage: FolderStorage;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'claimline-files-'));
  storage = new FolderStorage(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const from = (...pieces: (string | Buffer)[]): Readable => Readable.from(pieces.map((piece) => Buffer.from(piece)));
const bytesOf = async (stream: Readable): Promise<Buffer> => Buffer.concat(await stream.toArray());
const everything = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

test('what was put in comes out, whole or a stretch of it', async () => {
  const stored = await storage.put(from('claim ', 'photo ', 'of a bumper'), 100);
  expect(stored).toMatchObject({ size: 23, key: createHash('sha256').update('claim photo of a bumper').digest('hex') });
  expect(stored.head.toString()).toBe('claim photo of a bumper');
  expect((await bytesOf(await storage.open(stored.key))).toString()).toBe('claim photo of a bumper');
  expect((await bytesOf(await storage.open(stored.key, { start: 6, end: 10 }))).toString()).toBe('photo');
});

test('a file without a single byte is a file', async () => {
  const stored = await storage.put(Readable.from([]), 100);
  expect(stored.size).toBe(0);
  expect(await bytesOf(await storage.open(stored.key))).toHaveLength(0);
});

test('thirty megabytes pass through without standing in memory, and only their beginning is handed on', async () => {
  const piece = Buffer.alloc(1024 * 1024, 7);
  const stored = await storage.put(
    Readable.from(
      (function* () {
        for (let n = 0; n < 30; n++) yield piece;
      })(),
    ),
    31 * 1024 * 1024,
  );
  expect(stored.size).toBe(30 * 1024 * 1024);
  expect(stored.head).toHaveLength(HEAD_BYTES);
});

test('one byte too many is refused, and nothing of it stays', async () => {
  await expect(storage.put(from('12345', '678901'), 10)).rejects.toBeInstanceOf(TooLarge);
  expect(await everything()).toEqual([]);
});

test('a stream that breaks off leaves nothing behind', async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('half of a');
      throw new Error('connection lost');
    })(),
  );
  await expect(storage.put(broken, 100)).rejects.toThrow('connection lost');
  expect(await everything()).toEqual([]);
});

test('a stream that breaks off before its first byte is read fails the file, not the process', async () => {
  const broken = new Readable({ read: () => undefined });
  setImmediate(() => broken.destroy(new Error('the line is dead')));
  await expect(storage.put(broken, 100)).rejects.toThrow('the line is dead');
});

test('the same content many times, also at once, is kept once', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => storage.put(from('the same scan'), 100)));
  expect(new Set(keys.map(({ key }) => key)).size).toBe(1);
  expect(await everything()).toHaveLength(1);
});

test.each(['../../etc/passwd', '/etc/passwd', '', 'ab', 'A'.repeat(64), `${'a'.repeat(63)}/`])(
  '%p opens nothing: only what the storage named itself can be asked for',
  async (key) => {
    await expect(storage.open(key)).rejects.toBeInstanceOf(MissingFile);
  },
);

test('bytes that are gone are said to be gone', async () => {
  const stored = await storage.put(from('restored from a backup without files'), 100);
  await rm(path.join(folder, stored.key.slice(0, 2)), { recursive: true });
  await expect(storage.open(stored.key)).rejects.toBeInstanceOf(MissingFile);
});

test('a device without room says so, in one sentence that names the setting', async () => {
  for (const code of ['ENOSPC', 'EDQUOT', 'EFBIG']) expect(fullOr(Object.assign(new Error('write'), { code }))).toBeInstanceOf(StorageFull);
  expect((fullOr(Object.assign(new Error('write'), { code: 'ENOSPC' })) as Error).message).toContain('HUB_FILES');
  const other = new Error('something else');
  expect(fullOr(other)).toBe(other);
});

test('a folder that cannot be written to fails the file, not the process', async () => {
  await writeFile(path.join(folder, 'occupied'), 'a file where a folder should be');
  await expect(new FolderStorage(path.join(folder, 'occupied')).put(from('x'), 10)).rejects.toMatchObject({
    code: expect.stringMatching(/ENOTDIR|EEXIST/),
  });
});

test('what a process that died left half written is swept after a day, and not what is arriving now', async () => {
  await mkdir(path.join(folder, 'arriving'), { recursive: true });
  await writeFile(path.join(folder, 'arriving', 'old'), 'half');
  await writeFile(path.join(folder, 'arriving', 'new'), 'half');
  const now = new Date('2026-11-22T08:00:00Z');
  await utimes(path.join(folder, 'arriving', 'old'), now, new Date('2026-11-21T07:00:00Z'));
  await utimes(path.join(folder, 'arriving', 'new'), now, new Date('2026-11-22T07:59:00Z'));
  expect(await storage.sweep(now)).toBe(1);
  expect(await readdir(path.join(folder, 'arriving'))).toEqual(['new']);
  expect((await readFile(path.join(folder, 'arriving', 'new'))).toString()).toBe('half');
});
