/** Why an address cannot be an adjuster's. */
export type AliasProblem = 'not-an-address' | 'other-domain' | 'is-the-inbox' | 'is-signed';

const LOCAL = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/;
// What stands before a `+` is read by machines: a tag, or a signed address of ours.
const OURS = /^(?:reply|unsub)$/;

/** What is wrong with an alias of an inbox; null when nothing is. Both addresses in lower case. */
export function aliasProblem(address: string, inboxAddress: string): AliasProblem | null {
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (at < 1 || !LOCAL.test(local)) return 'not-an-address';
  if (domain !== inboxAddress.slice(inboxAddress.lastIndexOf('@') + 1)) return 'other-domain';
  if (address === inboxAddress) return 'is-the-inbox';
  return OURS.test(local) ? 'is-signed' : null;
}
