import { Me, SignIn, UpdateMe } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class SignInBody extends createZodDto(SignIn) {}
export class UpdateMeBody extends createZodDto(UpdateMe) {}
export class MeAnswer extends createZodDto(Me) {}
