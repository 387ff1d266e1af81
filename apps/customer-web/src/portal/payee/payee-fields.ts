import type { PayeeWords } from './words';

/** The ways to be paid, in the order of the page. */
export const METHODS = ['bank-transfer', 'alipay', 'wechat-pay', 'cheque'] as const;
export type Method = (typeof METHODS)[number];

/** One line of the form. */
export interface PayeeField {
  readonly name: 'holder' | 'account' | 'bank' | 'routing' | 'address';
  readonly label: keyof PayeeWords;
  readonly hint?: keyof PayeeWords;
  readonly optional?: boolean;
}

/** What each method has to know. Browsers are told to remember none of it. */
export const FIELDS: Readonly<Record<Method, readonly PayeeField[]>> = {
  'bank-transfer': [
    { name: 'holder', label: 'holder', hint: 'holderHint' },
    { name: 'account', label: 'account' },
    { name: 'bank', label: 'bank' },
    { name: 'routing', label: 'routing', optional: true },
  ],
  alipay: [
    { name: 'holder', label: 'holder' },
    { name: 'account', label: 'alipayAccount' },
  ],
  'wechat-pay': [
    { name: 'holder', label: 'holder' },
    { name: 'account', label: 'wechatAccount' },
  ],
  cheque: [
    { name: 'holder', label: 'payableTo' },
    { name: 'address', label: 'address' },
  ],
};
