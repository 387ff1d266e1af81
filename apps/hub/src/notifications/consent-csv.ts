import { csvText } from '@claimline/messages';
import type { ConsentAct } from '@claimline/protocol';

const HEADINGS = ['customer', 'at', 'state', 'source', 'by', 'address', 'channel', 'purposes', 'words', 'text_version', 'evidence'];

/** The consent history as a table: one line for each address and channel that an act changed. */
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
  return csvText([HEADINGS, ...lines]);
}
