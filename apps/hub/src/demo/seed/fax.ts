import sharp from 'sharp';
import type { DemoFile } from './pictures';

const LINES = [
  'X-ray, wrist, two views',
  'Finding: no fracture, sprain',
  'Splint for ten days, no sport',
  'Invoice 40-2261 follows by post',
];

/** One page as a fax gateway brings it: black on white, with the number of a claim in its head. Made here, of nobody. */
export async function faxOf(claim: string): Promise<DemoFile> {
  const rows = LINES.map((line, index) => `<text x="90" y="${430 + index * 64}">${line}</text>`).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="864" height="1100" font-family="DejaVu Sans, Arial, sans-serif" font-size="30">
    <rect width="864" height="1100" fill="#fff"/><text x="90" y="70" font-size="20">FAX  HUASHAN HOSPITAL RADIOLOGY  P. 1/1</text><path d="M90 90 H774" stroke="#000" stroke-width="3"/>
    <text x="90" y="220" font-size="46" font-weight="700">Radiology report</text><text x="90" y="290">Claim ${claim}</text><text x="90" y="340" font-size="22">(sample, not valid)</text>${rows}</svg>`;
  const content = await sharp(Buffer.from(svg)).greyscale().threshold(140).tiff({ compression: 'lzw' }).toBuffer();
  return { name: `fax-${claim}.tiff`, contentType: 'image/tiff', content };
}
