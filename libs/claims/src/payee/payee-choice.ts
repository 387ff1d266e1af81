/** How money can reach somebody. */
export const PAYEE_METHODS = ['bank-transfer', 'alipay', 'wechat-pay', 'cheque'] as const;
export type PayeeMethod = (typeof PAYEE_METHODS)[number];

/** Where money is to go, as the payee has typed it. It is kept sealed, and only until the claim core has it. */
export type PayeeDetails =
  | {
      readonly method: 'bank-transfer';
      readonly holder: string;
      readonly account: string;
      readonly bank: string;
      readonly routing?: string;
    }
  | { readonly method: 'alipay' | 'wechat-pay'; readonly holder: string; readonly account: string }
  | { readonly method: 'cheque'; readonly holder: string; readonly address: string };

/** All that anybody here sees of an account: its last four characters. A cheque has none. */
export function lastFour(details: PayeeDetails): string | null {
  if (details.method === 'cheque') return null;
  const characters = details.account.replace(/[^\p{L}\d]/gu, '');
  // Of a short account the last four would be nearly all of it.
  return characters.length >= 8 ? characters.slice(-4) : null;
}
