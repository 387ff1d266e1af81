import {
  AttachmentPages,
  Counters,
  DescribeScan,
  FileScan,
  Filing,
  LettersQuery,
  LoggedVisit,
  LogVisit,
  MovedMessage,
  MoveMessage,
  NewScan,
  OutgoingLetters,
  PostedLetters,
  PostLetters,
  ReturnLetter,
  Scan,
  Scans,
  ScansQuery,
  SetScanAside,
  SplitScan,
} from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class FilingAnswer extends createZodDto(Filing) {}
export class MoveMessageBody extends createZodDto(MoveMessage) {}
export class MovedMessageAnswer extends createZodDto(MovedMessage) {}
export class AttachmentPagesAnswer extends createZodDto(AttachmentPages) {}
export class ScansQueryParams extends createZodDto(ScansQuery) {}
export class ScansAnswer extends createZodDto(Scans) {}
export class ScanAnswer extends createZodDto(Scan) {}
export class NewScanBody extends createZodDto(NewScan) {}
export class DescribeScanBody extends createZodDto(DescribeScan) {}
export class FileScanBody extends createZodDto(FileScan) {}
export class SetScanAsideBody extends createZodDto(SetScanAside) {}
export class SplitScanBody extends createZodDto(SplitScan) {}
export class LettersQueryParams extends createZodDto(LettersQuery) {}
export class OutgoingLettersAnswer extends createZodDto(OutgoingLetters) {}
export class PostLettersBody extends createZodDto(PostLetters) {}
export class PostedLettersAnswer extends createZodDto(PostedLetters) {}
export class ReturnLetterBody extends createZodDto(ReturnLetter) {}
export class LogVisitBody extends createZodDto(LogVisit) {}
export class LoggedVisitAnswer extends createZodDto(LoggedVisit) {}
export class CountersAnswer extends createZodDto(Counters) {}
