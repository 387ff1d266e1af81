import { ClaimFile, ClaimFileVerdict, Transcript, VerifyClaimFile } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class ClaimFileAnswer extends createZodDto(ClaimFile) {}
export class ClaimFileBody extends createZodDto(VerifyClaimFile) {}
export class ClaimFileVerdictAnswer extends createZodDto(ClaimFileVerdict) {}
export class TranscriptAnswer extends createZodDto(Transcript) {}
