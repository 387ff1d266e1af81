import { z } from 'zod';
import { Moment } from './paging';
import { StageStep } from './claims';

const Language = z.enum(['en', 'zh-CN']);

/** Who speaks to the customer: the brand, in the language that suits them. */
export const PortalBrand = z.object({ name: z.string(), language: Language, helpPhone: z.string().nullable() });
export type PortalBrand = z.infer<typeof PortalBrand>;

/** `GET /api/portal/:purpose/:token`: what the page of a link shows before it shows anything. */
export const PortalLink = z.object({
  purpose: z.string(),
  state: z.enum(['open', 'expired', 'used']),
  brand: PortalBrand,
  /** Whether a code is wanted before the page shows anything sensitive, and where it goes (masked). */
  stepUp: z.object({ needed: z.boolean(), passed: z.boolean(), to: z.string().nullable() }),
  expiresAt: Moment,
});
export type PortalLink = z.infer<typeof PortalLink>;

/** `POST /api/portal/:purpose/:token/code`: where the code went, masked. */
export const PortalCodeSent = z.object({ to: z.string(), expiresAt: Moment });
export type PortalCodeSent = z.infer<typeof PortalCodeSent>;

const SixDigits = z
  .string()
  .transform((text) => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'six digits'));

/** `POST /api/portal/:purpose/:token/code/check`. */
export const PortalCode = z.object({ code: SixDigits });
export const PortalCodeChecked = z.object({ state: z.enum(['ok', 'wrong', 'expired', 'locked']) });
export type PortalCodeChecked = z.infer<typeof PortalCodeChecked>;

const Where = z.string().trim().min(3).max(254);
/** `POST /api/portal/sign-in`: the answer is the same whether we know the address or not. */
export const PortalSignIn = z.object({ address: Where });
/** `POST /api/portal/sign-in/check`. */
export const PortalSignInCode = z.object({ address: Where, code: SixDigits });
/** `shared`: the code was right, but several people use that address, so it says nothing about who is there. */
export const PortalSignInChecked = z.object({ state: z.enum(['ok', 'wrong', 'shared']) });
export type PortalSignInChecked = z.infer<typeof PortalSignInChecked>;

/** `GET /api/portal/home`: the customer's own claims. */
export const PortalHome = z.object({
  brand: PortalBrand,
  salutation: z.string(),
  claims: z.array(
    z.object({
      number: z.string(),
      line: z.string(),
      stage: z.string(),
      stageLabel: z.string(),
      steps: z.array(StageStep.extend({ label: z.string() })),
      nextStep: z.string().nullable(),
      promisedBy: z.string().nullable(),
      handler: z.string().nullable(),
      lossDate: z.string().nullable(),
    }),
  ),
  messages: z.array(z.object({ id: z.string(), fromUs: z.boolean(), text: z.string(), at: Moment, claim: z.string().nullable() })),
});
export type PortalHome = z.infer<typeof PortalHome>;

/** `GET /api/portal/home?language=`. */
export const PortalHomeQuery = z.object({ language: Language.optional() });
