/** What stands in a cell. */
export type CsvValue = string | number | boolean | null;

// A text that begins like a formula is one for a spreadsheet, also in full width (OWASP: CSV injection). A phone number keeps its plus.
const FORMULA = /^[=@\t\r\-＝＠－＋]|^\+(?!\d+$)/;

/** Rows as RFC 4180, the headings first, with a byte order mark so that a spreadsheet reads the Chinese in it; no text in it is run as a formula. */
export function csvText(rows: readonly (readonly CsvValue[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: CsvValue): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
