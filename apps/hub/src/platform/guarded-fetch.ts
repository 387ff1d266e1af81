import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

const TIMEOUT_MS = 15_000;

/** Thrown for an address that points inward (SSRF) or is not http(s). */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/**
 * The one client for outgoing requests: http(s) only, no private or local address unless allowed, no silent redirects, fifteen seconds.
 * The address is resolved here and every answer checked, so that a name cannot point outward once and inward the next time.
 */
export function guardedFetch(allowPrivate: boolean): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input.toString());
    if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new ForbiddenAddress(`${url.protocol} is not http or https`);
    if (!allowPrivate) await refuseInward(url.hostname);
    const signal = init?.signal ? AbortSignal.any([init.signal, AbortSignal.timeout(TIMEOUT_MS)]) : AbortSignal.timeout(TIMEOUT_MS);
    return fetch(input, { redirect: 'manual', ...init, signal });
  };
}

async function refuseInward(hostname: string): Promise<void> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : (await lookup(host, { all: true })).map(({ address }) => address);
  const inward = addresses.find(isInward);
  if (inward) throw new ForbiddenAddress(`${hostname} leads to a private address; HUB_ALLOW_PRIVATE=true permits that`);
}

const INWARD_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
];

/** Whether an IP address lies in a private, local, link-local, carrier or multicast range (IANA special-purpose registries). */
export function isInward(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (isIP(mapped ?? address) === 4) {
    const number = v4(mapped ?? address);
    return INWARD_V4.some(([range, bits]) => number >>> (32 - bits) === v4(range) >>> (32 - bits));
  }
  return /^(::1?$|fe[89ab]|f[cd]|ff|64:ff9b|::ffff:)/i.test(address);
}

const v4 = (address: string): number => address.split('.').reduce((number, part) => (number * 256 + Number(part)) >>> 0, 0);
