import type { Line, Reading } from './rows/row';

const MARKS = new Map<boolean | undefined, string>([
  [true, 'met'],
  [false, 'MISSED'],
  [undefined, ''],
]);

/** Whether a row holds: all its lines do. A row without targets says nothing; one that could not be measured does not hold. */
export function verdictOf({ lines, failed }: Reading): boolean | undefined {
  if (failed !== undefined) return false;
  const judged = lines.map(({ isMet }) => isMet).filter((isMet) => isMet !== undefined);
  return judged.length === 0 ? undefined : judged.every(Boolean);
}

/** One row for a person to read: its name and verdict, the target, the method, and a line for each thing measured. */
export function rowText(reading: Reading): string {
  const width = Math.max(0, ...reading.lines.map(({ of }) => of.length));
  return [
    '',
    `${reading.name} · ${reading.what}   ${MARKS.get(verdictOf(reading))}`.trimEnd(),
    `  target: ${reading.target}`,
    `  method: ${reading.method}`,
    ...(reading.failed === undefined ? [] : [`  not measured: ${reading.failed}`]),
    ...reading.lines.map((line) => `    ${line.of.padEnd(width)}   ${cells(line)}`.trimEnd()),
  ].join('\n');
}

/** The last lines: how many rows hold, and which do not. */
export function summaryText(readings: readonly Reading[]): string {
  const missed = readings.filter((reading) => verdictOf(reading) === false).map(({ name }) => name);
  const met = readings.filter((reading) => verdictOf(reading) === true).length;
  return `\n${met} of ${met + missed.length} targets met${missed.length > 0 ? `; missed: ${missed.join(', ')}` : ''}`;
}

function cells({ figures, isMet }: Line): string {
  const named = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  return [...named, MARKS.get(isMet)].join('   ').trimEnd();
}
