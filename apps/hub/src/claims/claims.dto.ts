import {
  Claim,
  ClaimEventSecret,
  ClaimList,
  ClaimQuery,
  ConfirmedClaimEvent,
  CounselSuggestion,
  CounselThread,
  NoteRepresentation,
  OpenCounselThread,
  NoticeWhy,
  Timeline,
  TimelineQuery,
} from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class ClaimAnswer extends createZodDto(Claim) {}
export class ClaimEventSecretAnswer extends createZodDto(ClaimEventSecret) {}
export class ClaimListAnswer extends createZodDto(ClaimList) {}
export class ClaimQueryParams extends createZodDto(ClaimQuery) {}
export class ConfirmedClaimEventAnswer extends createZodDto(ConfirmedClaimEvent) {}
export class NoticeWhyAnswer extends createZodDto(NoticeWhy) {}
export class TimelineAnswer extends createZodDto(Timeline) {}
export class TimelineQueryParams extends createZodDto(TimelineQuery) {}
export class CounselSuggestionAnswer extends createZodDto(CounselSuggestion) {}
export class CounselThreadAnswer extends createZodDto(CounselThread) {}
export class NoteRepresentationBody extends createZodDto(NoteRepresentation) {}
export class OpenCounselThreadBody extends createZodDto(OpenCounselThread) {}
