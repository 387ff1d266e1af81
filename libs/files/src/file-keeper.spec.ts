import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { EicarScanner, type Scanner } from './content/scanner';
import { Thumbnails } from './content/thumbnails';
import { FileKeeper } from './file-keeper';
import { FolderStorage } from './storage/folder-storage';
import { TooLarge } from './storage/storage';
import { eicar, heic, png, turnedJpeg } from './testing/samples';

const MB = 1024 * 1024;
let folder: string;
let storage: FolderStorage;
let keeper: FileKeeper;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'claimline-keeper-'));
  storage = new FolderStorage(folder);
  keeper = new FileKeeper(storage, [new EicarScanner()], new Thumbnails());
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const keep = (content: Buffer, claims = {}, limit = 25 * MB) => keeper.keep(Readable.from([content]), claims, limit);
const open = async (key: string): Promise<Buffer> => Buffer.concat(await (await storage.open(key)).toArray());

test('a picture gets a small one beside it, upright and without what the camera wrote', async () => {
  const kept = await keep(await turnedJpeg(1200, 800), { name: 'IMG_0001.JPG', contentType: 'image/jpeg' });
  expect(kept).toMatchObject({ name: 'IMG_0001.JPG', contentType: 'image/jpeg', threat: null });
  const small = await sharp(await open(kept.thumbnailKey!)).metadata();
  expect(small).toMatchObject({ format: 'webp', width: 320, height: 480 });
  expect(small.exif).toBeUndefined();
});

test('a HEIC picture is kept as it came; without a decoder it has no small one', async () => {
  const kept = await keep(heic(), { name: 'IMG_0002.HEIC' });
  expect(kept).toMatchObject({ contentType: 'image/heic', thumbnailKey: null, threat: null });
  expect(await open(kept.storageKey)).toEqual(heic());
});

test('a broken picture costs its thumbnail and nothing else', async () => {
  const whole = await png(900, 900);
  const kept = await keep(whole.subarray(0, 300), { contentType: 'image/png' });
  expect(kept).toMatchObject({ contentType: 'image/png', size: 300, thumbnailKey: null });
});

test('a picture that would unpack to a billion pixels is not unpacked', async () => {
  const header = await png(1, 1);
  header.writeUInt32BE(40_000, 16);
  header.writeUInt32BE(40_000, 20);
  expect(await keep(header, { contentType: 'image/png' })).toMatchObject({ contentType: 'image/png', thumbnailKey: null });
});

test('an empty file is kept: the customer did send it', async () => {
  expect(await keep(Buffer.alloc(0), { name: 'scan.pdf', contentType: 'application/pdf' })).toMatchObject({
    size: 0,
    name: 'scan.pdf',
    contentType: 'application/octet-stream',
    threat: null,
  });
});

test('the EICAR file is found: alone, behind other bytes, and across the seam of two pieces', async () => {
  expect((await keep(eicar(), { name: 'invoice.pdf' })).threat).toBe('EICAR-Test-File');
  expect((await keep(Buffer.concat([Buffer.alloc(100_000, 65), eicar(), Buffer.alloc(100_000, 66)]))).threat).toBe('EICAR-Test-File');
  const whole = Buffer.concat([Buffer.alloc(40, 32), eicar()]);
  const torn = new EicarScanner().scan(Readable.from([whole.subarray(0, 60), whole.subarray(60, 61), whole.subarray(61)]));
  expect(await torn).toEqual({ name: 'EICAR-Test-File' });
});

test('nothing is called a threat for being near one', async () => {
  expect((await keep(eicar().subarray(0, 60))).threat).toBeNull();
  expect((await keep(Buffer.from('the EICAR-STANDARD-ANTIVIRUS-TEST-FILE is a test file'))).threat).toBeNull();
});

test('what a scanner could not look at is not opened by anybody', async () => {
  const down: Scanner = { scan: () => Promise.reject(new Error('the scanner does not answer')) };
  expect((await new FileKeeper(storage, [down], new Thumbnails()).keep(Readable.from([Buffer.from('x')]), {}, MB)).threat).toBe(
    'not-scanned',
  );
});

test('more than twenty-five megabytes are refused and leave nothing', async () => {
  const piece = Buffer.alloc(MB, 1);
  const many = Readable.from(
    (function* () {
      for (let n = 0; n < 26; n++) yield piece;
    })(),
  );
  await expect(keeper.keep(many, {}, 25 * MB)).rejects.toBeInstanceOf(TooLarge);
  expect((await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())).toEqual([]);
});
