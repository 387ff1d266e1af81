import { email, type Address } from '@claimline/messages';
import type { AddressObject, EmailAddress } from 'mailparser';

const MOST_PARTIES = 200;

/** Every mailbox of address headers, groups opened, lower case, each once. */
export function addressesOf(...headers: readonly (AddressObject | AddressObject[] | undefined)[]): Address[] {
  const boxes = headers
    .flat()
    .flatMap((header) => header?.value ?? [])
    .flatMap(opened);
  const found = new Map<string, Address>();
  for (const box of boxes) {
    const value = (box.address ?? '').trim();
    if (!value.includes('@') || value.length > 254 || found.has(value.toLowerCase())) continue;
    found.set(value.toLowerCase(), email(value, clean(box.name)));
    if (found.size === MOST_PARTIES) break;
  }
  return [...found.values()];
}

/** Whether an address is the line itself, with or without a `+tag`. */
export function isLine(address: string, line: string): boolean {
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  return `${local.split('+')[0]}@${domain}` === line.toLowerCase() || address.toLowerCase() === line.toLowerCase();
}

const opened = (box: EmailAddress): EmailAddress[] => (box.group ? box.group.flatMap(opened) : [box]);
const clean = (name: string | undefined) => (name ?? '').replace(/[\p{Cc}"]+/gu, ' ').trim() || undefined;
