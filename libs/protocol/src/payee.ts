import { z } from 'zod';
import { Id, Moment } from './paging';

const Text = (most: number) => z.string().trim().min(1).max(most);
const Account = z
  .string()
  .trim()
  .regex(/^[\dA-Za-z][\dA-Za-z -]{3,40}$/, 'letters and digits');

/** Where money is to go: `POST /api/portal/payee/:token/choice`. */
const PayeeDetails = z.discriminatedUnion('method', [
  z.object({ method: z.literal('bank-transfer'), holder: Text(120), account: Account, bank: Text(120), routing: Account.optional() }),
  z.object({
    method: z.literal('alipay'),
    holder: Text(120),
    account: z.union([z.email().max(254), Account.or(z.string().regex(/^\+?\d{6,15}$/))]),
  }),
  z.object({ method: z.literal('wechat-pay'), holder: Text(120), account: Text(60) }),
  z.object({ method: z.literal('cheque'), holder: Text(120), address: Text(400) }),
]);
export type PayeeDetails = z.infer<typeof PayeeDetails>;
/** The choice with what it needs. */
export const ChoosePayee = z.object({ payee: PayeeDetails });
export type ChoosePayee = z.infer<typeof ChoosePayee>;

/** `GET /api/portal/payee/:token/choice`: what the page shows once the code was right. */
export const PayeeQuestion = z.object({ claim: z.string(), salutation: z.string(), methods: z.array(z.string()) });
export type PayeeQuestion = z.infer<typeof PayeeQuestion>;

/** What was chosen, as anybody may see it. */
export const PayeeChosen = z.object({ method: z.string(), last4: z.string().nullable() });
export type PayeeChosen = z.infer<typeof PayeeChosen>;

/** `GET /api/claims/:number/payee-choice/:id`: for the claim core. `details` is null once the choice was acknowledged. */
export const PayeeChoiceForCore = z.object({
  id: Id,
  claimNumber: z.string(),
  method: z.string(),
  last4: z.string().nullable(),
  chosenAt: Moment,
  acknowledgedAt: Moment.nullable(),
  details: PayeeDetails.nullable(),
});

/** `POST /api/conversations/:id/payee-link`: where the link went, masked. */
export const PayeeLinkSent = z.object({ to: z.string() });
