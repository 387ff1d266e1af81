import type { DemoFile } from './pictures';

/** What is printed on a paper: a head, and lines with an amount or nothing at the right. */
export interface Paper {
  readonly file: string;
  readonly head: string;
  readonly under: string;
  readonly lines: readonly (readonly [text: string, amount: string])[];
}

export const PAPERS = {
  estimate: {
    file: 'repair-estimate.pdf',
    head: 'DONGFANG GARAGE',
    under: 'Repair estimate  No. 2026-1187  (sample, not valid)',
    lines: [
      ['Rear bumper, replace', '1,860.00'],
      ['Tail lamp left, replace', '640.00'],
      ['Boot lid, straighten and paint', '1,250.00'],
      ['Labour 9.5 h', '1,140.00'],
      ['Total CNY', '4,890.00'],
    ],
  },
  invoice: {
    file: 'clinic-invoice.pdf',
    head: 'RIVERSIDE CLINIC',
    under: 'Invoice  No. 40-2261  (sample, not valid)',
    lines: [
      ['Consultation', '120.00'],
      ['X-ray, wrist, two views', '260.00'],
      ['Splint', '85.00'],
      ['Total CNY', '465.00'],
    ],
  },
  mandate: {
    file: 'power-of-attorney.pdf',
    head: 'MINGDE LAW OFFICE',
    under: 'Power of attorney  (sample, not valid)',
    lines: [
      ['We act for the third party named in our letter.', ''],
      ['Please address all further correspondence to this office.', ''],
      ['Our reference: MD-2026-0413', ''],
    ],
  },
  report: {
    file: 'incident-report.pdf',
    head: 'TRAFFIC INCIDENT RECORD',
    under: 'Copy for the insurer  (sample, not valid)',
    lines: [
      ['Two vehicles, rear-end collision, no injuries', ''],
      ["Place: Yan'an Road, westbound", ''],
      ['Both parties agree on the facts', ''],
    ],
  },
} satisfies Record<string, Paper>;
export type PaperName = keyof typeof PAPERS;

const escaped = (text: string): string => text.replace(/[\\()]/g, '\\$&');
/** A line of text at a place of the page, counted in points from its lower left corner. */
const at = (x: number, y: number, text: string, { size = 11, bold = false } = {}): string =>
  `BT /${bold ? 'F2' : 'F1'} ${size} Tf ${x} ${y} Td (${escaped(text)}) Tj ET`;

/** A page of paper as PDF 1.4, with the two fonts that every reader has. */
export function paper(name: PaperName): DemoFile {
  const { file, head, under, lines }: Paper = PAPERS[name];
  const rows = lines.flatMap(([text, amount], index) => {
    const y = 660 - index * 26;
    return [at(72, y, text, { bold: text.startsWith('Total') }), at(460, y, amount), `0.85 G 72 ${y - 9} m 523 ${y - 9} l S`];
  });
  const page = [
    '0.2 0.32 0.81 rg 72 770 36 6 re f 0 g',
    at(72, 738, head, { size: 18, bold: true }),
    at(72, 714, under, { size: 10 }),
    ...rows,
  ].join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>',
  ];
  return { name: file, contentType: 'application/pdf', content: Buffer.from(assemble(objects), 'latin1') };
}

/** Numbers the objects and writes the table of where each begins (ISO 32000-1 §7.5). */
function assemble(objects: readonly string[]): string {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return `${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
}
