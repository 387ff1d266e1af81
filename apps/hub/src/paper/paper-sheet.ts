import { createRequire } from 'node:module';
import PdfDocument from 'pdfkit';

const FONTS = '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified';
const fontFile = (weight: 400 | 700): string => createRequire(__filename).resolve(`${FONTS}-${weight}-normal.woff`);

const MM = 72 / 25.4;
const LEFT = 25 * MM;
const RIGHT = 20 * MM;
const TOP = 20 * MM;
const BOTTOM = 28 * MM;

/** A sheet of A4 that speaks both languages, with the insurer at its head. Letters and receipts are written on it. */
export class PaperSheet {
  private readonly doc: PDFKit.PDFDocument;
  private readonly done: Promise<Buffer>;

  constructor(
    about: { readonly title: string; readonly footer: string; readonly language: string },
    private readonly width = 210 * MM - LEFT - RIGHT,
  ) {
    this.doc = new PdfDocument({
      size: 'A4',
      margins: { top: TOP, bottom: BOTTOM, left: LEFT, right: RIGHT },
      info: { Title: about.title },
      lang: about.language,
      // The foot of each page is written at the end, when their number is known.
      bufferPages: true,
    });
    this.doc.registerFont('plain', fontFile(400)).registerFont('bold', fontFile(700));
    this.done = new Promise((resolve, reject) => {
      const parts: Buffer[] = [];
      this.doc.on('data', (part: Buffer) => parts.push(part));
      this.doc.on('end', () => resolve(Buffer.concat(parts)));
      this.doc.on('error', reject);
    });
    this.footer = about.footer;
  }

  private readonly footer: string;

  /** The insurer: its name large, its address small, and a line below. */
  head(sender: readonly string[]): this {
    this.doc
      .font('bold')
      .fontSize(15)
      .text(sender[0] ?? '', LEFT, TOP, { width: this.width });
    this.doc.font('plain').fontSize(8.5).fillColor('#555555').text(sender.slice(1).join(' · '), { width: this.width }).fillColor('black');
    const y = this.doc.y + 6;
    this.doc
      .moveTo(LEFT, y)
      .lineTo(LEFT + this.width, y)
      .lineWidth(0.8)
      .strokeColor('#3451d1')
      .stroke();
    return this;
  }

  /** The recipient, where the window of an envelope is (DIN 5008 form B: 45 mm below the edge). */
  address(lines: readonly string[]): this {
    this.doc
      .font('plain')
      .fontSize(11)
      .text(lines.join('\n'), LEFT, 50 * MM, { width: 85 * MM, lineGap: 2 });
    this.doc.y = Math.max(this.doc.y, 90 * MM);
    return this;
  }

  line(
    text: string,
    { bold = false, size = 11, align = 'left', gap = 8 }: { bold?: boolean; size?: number; align?: 'left' | 'right'; gap?: number } = {},
  ): this {
    this.doc
      .font(bold ? 'bold' : 'plain')
      .fontSize(size)
      .text(text, LEFT, this.doc.y, { width: this.width, align, lineGap: 3 });
    this.doc.y += gap;
    return this;
  }

  /** A name at the left and what it is at the right of it. */
  pair(name: string, value: string): this {
    const y = this.doc.y;
    this.doc
      .font('plain')
      .fontSize(9.5)
      .fillColor('#555555')
      .text(name, LEFT, y, { width: 42 * MM })
      .fillColor('black');
    this.doc
      .font('plain')
      .fontSize(10.5)
      .text(value, LEFT + 44 * MM, y, { width: this.width - 44 * MM, lineGap: 2 });
    this.doc.y += 6;
    return this;
  }

  space(points: number): this {
    this.doc.y += points;
    return this;
  }

  /** The bytes of the PDF. */
  async end(): Promise<Buffer> {
    const { count } = this.doc.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.doc.switchToPage(page);
      // Below the margin a text would open a new page.
      this.doc.page.margins.bottom = 0;
      const foot = [this.footer, count > 1 ? `${page + 1} / ${count}` : ''].filter(Boolean).join('   ');
      this.doc
        .font('plain')
        .fontSize(8)
        .fillColor('#555555')
        .text(foot, LEFT, 297 * MM - 16 * MM, { width: this.width, align: 'center' });
    }
    this.doc.end();
    return this.done;
  }
}
