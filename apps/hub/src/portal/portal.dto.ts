import {
  PortalBrand,
  PortalCode,
  PortalCodeChecked,
  PortalCodeSent,
  PortalHome,
  PortalHomeQuery,
  PortalLink,
  PortalSignIn,
  PortalSignInChecked,
  PortalSignInCode,
} from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class PortalBrandAnswer extends createZodDto(PortalBrand) {}
export class PortalLinkAnswer extends createZodDto(PortalLink) {}
export class PortalCodeSentAnswer extends createZodDto(PortalCodeSent) {}
export class PortalCodeBody extends createZodDto(PortalCode) {}
export class PortalCodeCheckedAnswer extends createZodDto(PortalCodeChecked) {}
export class PortalSignInBody extends createZodDto(PortalSignIn) {}
export class PortalSignInCodeBody extends createZodDto(PortalSignInCode) {}
export class PortalSignInCheckedAnswer extends createZodDto(PortalSignInChecked) {}
export class PortalHomeParams extends createZodDto(PortalHomeQuery) {}
export class PortalHomeAnswer extends createZodDto(PortalHome) {}
export class PortalLinkParams extends createZodDto(z.object({ purpose: z.string().max(40), token: z.string().max(200) })) {}
