/** The ways in which a person can be reached. A scheme says what a value means, e.g. E.164 for `tel`. */
export type AddressScheme = 'tel' | 'email' | 'wechat' | 'wa' | 'psid' | 'visitor' | 'postal';

/**
 * Where a person is reached. Unique by (scheme, scope, value).
 * `tel` is E.164, `email` lower case, `wechat` an openid whose scope is the app id, `visitor` a web-chat visitor id.
 */
export interface Address {
  readonly scheme: AddressScheme;
  /** The name space in which the value is unique: an app id, a page id; empty where the value is unique by itself. */
  readonly scope: string;
  readonly value: string;
  /** The display name that came with it, as the sender wrote it. Not part of its identity. */
  readonly name?: string;
}

/** The address as one text, `scheme[/scope]:value`, for unique keys and for people who read logs of ids. */
export function addressKey(address: Address): string {
  const space = address.scope ? `${address.scheme}/${address.scope}` : address.scheme;
  return `${space}:${address.value}`;
}

/** Reads what {@link addressKey} wrote. Throws a `TypeError` that names the text when it has no scheme. */
export function parseAddressKey(key: string): Address {
  const colon = key.indexOf(':');
  if (colon < 1) throw new TypeError(`"${key}" is not an address: expected scheme[/scope]:value`);
  const [scheme = '', scope = ''] = key.slice(0, colon).split('/', 2);
  return { scheme: scheme as AddressScheme, scope, value: key.slice(colon + 1) };
}

/** Whether two addresses reach the same place, whatever names they carry. */
export function sameAddress(a: Address, b: Address): boolean {
  return addressKey(a) === addressKey(b);
}

export const tel = (value: string): Address => ({ scheme: 'tel', scope: '', value });
export const email = (value: string, name?: string): Address => ({ scheme: 'email', scope: '', value: value.toLowerCase(), name });
export const visitor = (value: string): Address => ({ scheme: 'visitor', scope: '', value });
export const wechat = (appId: string, openId: string): Address => ({ scheme: 'wechat', scope: appId, value: openId });
