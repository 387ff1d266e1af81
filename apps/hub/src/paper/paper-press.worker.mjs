// Draws one sheet in a thread of its own: drawing many pages in a Chinese font takes seconds of work, in which nobody else may have to wait. Told: what stands on it; tells: the PDF.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import PdfDocument from 'pdfkit';
import { unpackedFont } from './unpacked-font.mjs';

const FONT = '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff';
const MM = 72 / 25.4;
const LEFT = 25 * MM;
const TOP = 20 * MM;
const WIDTH = 210 * MM - LEFT - 20 * MM;
const QUIET = '#555555';

const { title, footer, language, steps } = workerData;
const margins = { top: TOP, bottom: 28 * MM, left: LEFT, right: 20 * MM };
const doc = new PdfDocument({ size: 'A4', margins, info: { Title: title }, lang: language, bufferPages: true });
const parts = [];
doc.on('data', (part) => parts.push(part));
doc.on('end', () => parentPort.postMessage(Buffer.concat(parts)));
doc.font(unpackedFont(readFileSync(createRequire(import.meta.url).resolve(FONT))));

// One weight: a second font would take as long again. A thin stroke makes it bold.
const strong = (bold) => (bold ? { fill: true, stroke: true } : {});

const DRAW = {
  head(sender) {
    doc
      .lineWidth(0.4)
      .fontSize(15)
      .text(sender[0] ?? '', LEFT, TOP, { width: WIDTH, ...strong(true) });
    doc.fontSize(8.5).fillColor(QUIET).text(sender.slice(1).join(' · '), { width: WIDTH }).fillColor('black');
    const y = doc.y + 6;
    doc
      .moveTo(LEFT, y)
      .lineTo(LEFT + WIDTH, y)
      .lineWidth(0.8)
      .strokeColor('#3451d1')
      .stroke()
      .strokeColor('black');
  },
  // Where the window of an envelope is (DIN 5008 form B: 45 mm below the edge).
  address(lines) {
    doc.fontSize(11).text(lines.join('\n'), LEFT, 50 * MM, { width: 85 * MM, lineGap: 2 });
    doc.y = Math.max(doc.y, 90 * MM);
  },
  line(text, { bold, size, align, gap }) {
    doc
      .lineWidth(0.35)
      .fontSize(size)
      .text(text, LEFT, doc.y, { width: WIDTH, align, lineGap: 3, ...strong(bold) });
    doc.y += gap;
  },
  pair(name, value) {
    const y = doc.y;
    doc
      .fontSize(9.5)
      .fillColor(QUIET)
      .text(name, LEFT, y, { width: 42 * MM })
      .fillColor('black');
    doc.fontSize(10.5).text(value, LEFT + 44 * MM, y, { width: WIDTH - 44 * MM, lineGap: 2 });
    doc.y += 6;
  },
  space(points) {
    doc.y += points;
  },
};

for (const [what, ...args] of steps) DRAW[what](...args);
const { count } = doc.bufferedPageRange();
for (let page = 0; page < count; page++) {
  doc.switchToPage(page);
  // Below the margin a text would open a new page.
  doc.page.margins.bottom = 0;
  const foot = [footer, count > 1 ? `${page + 1} / ${count}` : ''].filter(Boolean).join('   ');
  doc
    .fontSize(8)
    .fillColor(QUIET)
    .text(foot, LEFT, 297 * MM - 16 * MM, { width: WIDTH, align: 'center' });
}
doc.end();
