import {
  ChecklistBook,
  ClaimDocuments,
  DecideDocument,
  DocumentRounds,
  DocumentSteps,
  MoveDocument,
  PortalDocuments,
  RequestDocuments,
  UndoDocumentSteps,
} from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class ChecklistBookBody extends createZodDto(ChecklistBook) {}
export class ClaimDocumentsAnswer extends createZodDto(ClaimDocuments) {}
export class DecideDocumentBody extends createZodDto(DecideDocument) {}
export class DocumentRoundsAnswer extends createZodDto(DocumentRounds) {}
export class DocumentStepsAnswer extends createZodDto(DocumentSteps) {}
export class MoveDocumentBody extends createZodDto(MoveDocument) {}
export class PortalDocumentsAnswer extends createZodDto(PortalDocuments) {}
export class RequestDocumentsBody extends createZodDto(RequestDocuments) {}
export class UndoDocumentStepsBody extends createZodDto(UndoDocumentSteps) {}
