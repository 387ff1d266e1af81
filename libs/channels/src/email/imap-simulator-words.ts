import type { SimulatedFolder, SimulatedMail } from './imap-simulator-mailbox';

/** The words of an IMAP command: atoms, quoted strings and literals; brackets stand as words of their own. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/"((?:[^"\\]|\\.)*)"|(BODY(?:\.PEEK)?\[[^\]]*\](?:<[\d.]+>)?)|([()])|([^\s()"]+)/gi)].map(
    ([, quoted, body, bracket, atom]) => quoted?.replace(/\\(.)/g, '$1') ?? body ?? bracket ?? atom ?? '',
  );
}

/** Text as an IMAP quoted string. */
export const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** Whether a number is in a sequence set such as `3,5:*`. `*` is the highest, and `9:*` names it even when it is lower. */
export function inSet(set: string, uid: number, highest: number): boolean {
  return set.split(',').some((range) => {
    const [from = 0, to = from] = range.split(':').map((end) => (end === '*' ? highest : Number(end)));
    return uid >= Math.min(from, to) && uid <= Math.max(from, to);
  });
}

/** The mails that UID SEARCH finds: ALL, UID, SINCE and HEADER, all of them together. */
export function search(folder: SimulatedFolder, criteria: readonly string[]): SimulatedMail[] {
  let found = [...folder.all];
  const rest = criteria.filter((word) => word !== '(' && word !== ')');
  while (rest.length > 0) {
    const key = (rest.shift() ?? '').toUpperCase();
    if (key === 'UID') {
      const set = rest.shift() ?? '';
      found = found.filter((mail) => inSet(set, mail.uid, folder.uidNext - 1));
    } else if (key === 'SINCE') {
      const since = new Date(`${rest.shift()} UTC`);
      found = found.filter((mail) => mail.arrived >= since);
    } else if (key === 'HEADER') {
      const [name = '', value = ''] = rest.splice(0, 2);
      found = found.filter((mail) => headerHolds(mail, name, value));
    }
  }
  return found;
}

/** The answer to one mail of a FETCH, for the items that were asked for. */
export function fetched(mail: SimulatedMail, sequence: number, items: readonly string[]): Buffer {
  const parts: Buffer[] = [Buffer.from(`* ${sequence} FETCH (UID ${mail.uid}`)];
  for (const item of items) {
    const name = item.toUpperCase();
    if (name === 'RFC822.SIZE') parts.push(Buffer.from(` RFC822.SIZE ${mail.raw.length}`));
    if (name === 'FLAGS') parts.push(Buffer.from(' FLAGS ()'));
    if (name === 'INTERNALDATE') parts.push(Buffer.from(` INTERNALDATE ${quoted(internalDate(mail.arrived))}`));
    if (name.startsWith('BODY')) parts.push(...body(mail, name));
  }
  return Buffer.concat([...parts, Buffer.from(')\r\n')]);
}

function body(mail: SimulatedMail, name: string): Buffer[] {
  const [, from = '0', length] = /<(\d+)\.(\d+)>/.exec(name) ?? [];
  const bytes = mail.raw.subarray(Number(from), length ? Number(from) + Number(length) : undefined);
  return [Buffer.from(` BODY[]${length ? `<${from}>` : ''} {${bytes.length}}\r\n`), bytes];
}

function internalDate(at: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(at.toUTCString()) ?? [];
  return `${day}-${month}-${year} ${time} +0000`;
}

function headerHolds(mail: SimulatedMail, name: string, value: string): boolean {
  const head = mail.raw.toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? '';
  return head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .some((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`) && line.toLowerCase().includes(value.toLowerCase()));
}
