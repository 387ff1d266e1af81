import type { ConsentAct } from '@claimline/protocol';

const HEADINGS = ['customer', 'at', 'state', 'source', 'by', 'address', 'channel', 'purposes', 'words', 'text_version', 'evidence'];

/** The consent history as a table: one line for each address and channel that an act changed (RFC 4180, with a mark that lets Excel read Chinese). */
export function consentCsv(customer: string, acts: readonly ConsentAct[]): string {
  const lines = acts.flatMap((act) =>
    act.changed.map(({ address, channel, purposes }) => [
      customer,
      act.at,
      act.state,
      act.source,
      act.by ?? '',
      address,
      channel,
      purposes.join(' '),
      act.words ?? '',
      act.textVersion ?? '',
      Object.entries(act.evidence)
        .map(([kind, id]) => `${kind}:${id}`)
        .join(' '),
    ]),
  );
  return `\uFEFF${[HEADINGS, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

// A spreadsheet takes a cell that begins like a formula for one, and the words are a stranger's. A phone number keeps its plus.
function cell(text: string): string {
  const safe = /^[=@\t\r-]/.test(text) || /^\+(?!\d+$)/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
