import { RetentionTerms } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class RetentionTermsDto extends createZodDto(RetentionTerms) {}
