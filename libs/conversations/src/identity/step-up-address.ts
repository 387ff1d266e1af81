import { mayChoosePayee } from './verified';

/** An address that a code could go to. */
export interface CodeAddress {
  readonly id: string;
  readonly scheme: string;
  readonly value: string;
  readonly unusable: string | null;
  readonly since: Date;
  /** Whether somebody else holds it too: a code there says nothing about who reads it. */
  readonly shared: boolean;
}

const READABLE = ['tel', 'email', 'wechat', 'wa'];

/**
 * Where the code goes when a link came to `linkedId`: to another address of the same person where there is one, because two are harder to
 * steal than one; else to the same. Never to one that others hold too, and never to one younger than a fortnight.
 */
export function stepUpAddress(addresses: readonly CodeAddress[], linkedId: string | null, at: Date): CodeAddress | undefined {
  const able = addresses.filter((one) => READABLE.includes(one.scheme) && !one.shared && mayChoosePayee(one, at));
  return able.find((one) => one.id !== linkedId) ?? able[0];
}

/** An address as somebody recognises it who knows it, and nobody else reads it. */
export function maskedAddress(scheme: string, value: string): string {
  if (scheme === 'email') return value.replace(/^(.)[^@]*(@.*)$/, '$1•••$2');
  return scheme === 'tel' || scheme === 'wa' ? `••••${value.slice(-4)}` : '••••';
}
