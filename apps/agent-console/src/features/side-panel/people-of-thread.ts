import type { Message } from '@claimline/protocol';

/** Somebody who takes part in a thread. */
export interface ThreadPerson {
  readonly key: string;
  readonly name: string;
  /** The address, where the name is not the address itself. */
  readonly address: string | null;
  readonly side: 'customer' | 'colleague';
  /** Only ever in copy: never written themselves, never written to directly. */
  readonly onlyCopied: boolean;
}

interface Seen {
  name: string | null;
  address: string | null;
  side: ThreadPerson['side'];
  onlyCopied: boolean;
}

function note(people: Map<string, Seen>, key: string, one: Seen): void {
  const known = people.get(key);
  people.set(key, known ? { ...known, name: known.name ?? one.name, onlyCopied: known.onlyCopied && one.onlyCopied } : one);
}

function noteOne(people: Map<string, Seen>, message: Message, keyOf: (address: string) => string): void {
  const customer = (address: string, name: string | null, onlyCopied: boolean): void => {
    if (address !== '') note(people, keyOf(address), { name: name || null, address, side: 'customer', onlyCopied });
  };
  if (message.author) note(people, message.author.id, { name: message.author.name, address: null, side: 'colleague', onlyCopied: false });
  if (message.direction === 'inbound' && message.from) customer(message.from, message.fromName, false);
  if (message.direction === 'outbound') for (const to of message.to) customer(to, null, false);
  if (message.direction !== 'internal') for (const cc of message.cc) customer(cc, null, true);
}

/** The customer of the thread with every address we know of them: one person, however they write. */
export interface MainPerson {
  readonly id: string;
  readonly name: string;
  readonly addresses: readonly string[];
}

/** Everybody who wrote, was written to or was copied in these messages: customers first, each once. */
export function peopleOfThread(messages: readonly Message[], main: MainPerson): readonly ThreadPerson[] {
  const people = new Map<string, Seen>();
  const keyOf = (address: string): string => (main.addresses.includes(address) ? main.id : address);
  for (const message of messages) noteOne(people, message, keyOf);
  const known = people.get(main.id);
  if (known) people.set(main.id, { ...known, name: main.name });
  const all = [...people].map(([key, { name, address, side, onlyCopied }]) => ({
    key,
    name: name ?? address ?? key,
    address: name === null ? null : address,
    side,
    onlyCopied,
  }));
  return all.sort((a, b) => Number(a.side === 'colleague') - Number(b.side === 'colleague'));
}
