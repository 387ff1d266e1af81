import { AftercareTerms, CustomerPromise, MakePromise, PromisePage, PromiseQuery } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class AftercareTermsDto extends createZodDto(AftercareTerms) {}
export class MakePromiseBody extends createZodDto(MakePromise) {}
export class PromiseAnswer extends createZodDto(CustomerPromise) {}
export class PromisePageAnswer extends createZodDto(PromisePage) {}
export class PromiseQueryParams extends createZodDto(PromiseQuery) {}
