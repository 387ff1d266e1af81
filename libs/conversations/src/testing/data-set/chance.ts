// Numbers that look like chance and are the same on every machine: a row's number, not the order of calls, decides what it is like.

/** Thirty-two bits that depend on every bit of what goes in (the finaliser of MurmurHash3 over both numbers). */
export function mix(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x165667b1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A source of chance for one row. */
export class Chance {
  private state: number;

  constructor(seed: number, row: number) {
    this.state = mix(seed, row) || 1;
  }

  /** From 0 up to, not including, 1 (xorshift32). */
  next(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x >>> 0;
    return this.state / 4_294_967_296;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  oneOf<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

/** One fraction for a row, when nothing else about the row is asked of chance. */
export const fractionOf = (seed: number, row: number): number => mix(seed, row) / 4_294_967_296;

/** Which table an id is of; ids of two tables never meet. */
export type IdKind = 'contact' | 'address' | 'claim' | 'party' | 'conversation' | 'message' | 'delivery' | 'event' | 'consent' | 'ground';
const KINDS: Record<IdKind, string> = {
  contact: '101',
  address: '202',
  claim: '303',
  party: '404',
  conversation: '505',
  message: '606',
  delivery: '707',
  event: '808',
  consent: '909',
  ground: 'a0a',
};

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** The last four bytes of a whole number. */
const hexOf = (number: number): string =>
  BYTES[(number >>> 24) & 255]! + BYTES[(number >>> 16) & 255]! + BYTES[(number >>> 8) & 255]! + BYTES[number & 255]!;

/** A UUIDv7 whose time is `atMs` and whose other bits are the row's kind and number. */
export function idOf(kind: IdKind, atMs: number, row: number): string {
  const time = Math.floor(atMs);
  const head = hexOf(Math.floor(time / 0x10000));
  return `${head}-${BYTES[(time >>> 8) & 255]!}${BYTES[time & 255]!}-7${KINDS[kind]}-8000-0000${hexOf(row)}`;
}
