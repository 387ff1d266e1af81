import { NeedsLookPage, NeedsLookQuery, ReplayAnswer } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class NeedsLookPageAnswer extends createZodDto(NeedsLookPage) {}
export class NeedsLookQueryParams extends createZodDto(NeedsLookQuery) {}
export class ReplayAnswerDto extends createZodDto(ReplayAnswer) {}
