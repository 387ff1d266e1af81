const DAY_MS = 86_400_000;
/** A number changes hands: what was proved so long ago is asked again (carriers reassign numbers after ninety days). */
export const VERIFIED_FOR_MS = 90 * DAY_MS;
/** Who has just changed the address of somebody else may not also change where the money goes. */
export const PAYEE_ADDRESS_AGE_MS = 14 * DAY_MS;

/** What decides whether an address still proves who somebody is. */
export interface HeldAddress {
  readonly level: 'claimed' | 'verified';
  readonly verified_at: Date | null;
  /** Why nothing is sent there any more: it bounced, or the number is dead. */
  readonly unusable: string | null;
}

/** Whether an address proves today who its holder is. Not for ever: after ninety days, a bounce or a dead number it is asked again. */
export function isVerified({ level, verified_at: proved, unusable }: HeldAddress, at: Date): boolean {
  return level === 'verified' && unusable === null && proved !== null && at.getTime() - proved.getTime() < VERIFIED_FOR_MS;
}

/** Whether a link to choose where money goes may be sent there: held for a fortnight and still in use. */
export function mayChoosePayee(address: { readonly since: Date; readonly unusable: string | null }, at: Date): boolean {
  return address.unusable === null && at.getTime() - address.since.getTime() >= PAYEE_ADDRESS_AGE_MS;
}
