import sharp from 'sharp';
import { joinPages, Pages } from './pages';

const OBJECTS = (text: string): string[] => [
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
  `<< /Length ${text.length + 40} >>\nstream\nBT /F1 12 Tf 72 700 Td (${text}) Tj ET\nendstream`,
  '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
];

function pdf(text: string): Buffer {
  let out = '%PDF-1.4\n';
  const offsets = OBJECTS(text).map((object, index) => {
    const at = out.length;
    out += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(`${out}xref\n0 6\n0000000000 65535 f \n${table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${out.length}\n%%EOF\n`);
}

const page = (tone: number): Promise<Buffer> =>
  sharp({ create: { width: 300, height: 420, channels: 3, background: { r: tone, g: tone, b: tone } } })
    .png()
    .toBuffer();

/** A TIFF of several pages, as fax machines make them. */
async function tiff(tones: readonly number[]): Promise<Buffer> {
  const pages = await Promise.all(tones.map(page));
  return sharp(pages, { join: { animated: true } })
    .tiff({ compression: 'lzw' })
    .toBuffer();
}

describe('papers', () => {
  const pages = new Pages();

  test('a PDF tells its pages and its words', async () => {
    const read = await pages.read('application/pdf', pdf('Claim CLM-2026-000123, patient Li Wei'));
    expect(read.pages).toBe(1);
    expect(read.words).toContain('CLM-2026-000123');
  });

  test('a fax tells its pages, and each is a picture', async () => {
    const fax = await tiff([255, 20]);
    expect(await pages.read('image/tiff', fax)).toEqual({ pages: 2, words: '' });
    const second = await sharp((await pages.picture(fax, 2))!).stats();
    expect(second.channels[0]!.mean).toBeLessThan(60);
    expect(await pages.picture(fax, 3)).toBeUndefined();
    expect(await pages.picture(fax, 0)).toBeUndefined();
  });

  test('a fax is cut in two: each part has its own pages', async () => {
    const parts = [await pages.cut(await tiff([255, 128, 20]), 1, 1), await pages.cut(await tiff([255, 128, 20]), 2, 3)];
    expect(await Promise.all(parts.map((part) => pages.read('image/tiff', part)))).toMatchObject([{ pages: 1 }, { pages: 2 }]);
    const last = await sharp((await pages.picture(parts[1]!, 2))!).stats();
    expect(last.channels[0]!.mean).toBeLessThan(60);
    expect(joinPages('fax.tiff', 2, 3)).toBe('fax p2-3.tiff');
  });

  test('a photo is one page, and what is no paper has none', async () => {
    expect(await pages.read('image/png', await page(9))).toEqual({ pages: 1, words: '' });
    expect(await pages.read('application/zip', Buffer.from('PK'))).toEqual({ pages: null, words: '' });
  });

  test('a broken file is a paper of unknown pages, and costs nothing else', async () => {
    expect(await pages.read('application/pdf', Buffer.from('%PDF-1.4 nothing'))).toEqual({ pages: null, words: '' });
    expect(await pages.read('image/tiff', Buffer.from('II*\0'))).toEqual({ pages: null, words: '' });
    expect(await pages.picture(Buffer.from('II*\0'), 1)).toBeUndefined();
  });
});
