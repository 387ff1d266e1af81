import {
  ClassifyComplaint,
  ComplainedAbout,
  Complaint,
  ComplaintPage,
  ComplaintQuery,
  ComplaintReport,
  ComplaintReportQuery,
  ConfirmComplaint,
  EndComplaint,
  ExecuteResolution,
  ExtendComplaint,
  FileEvidence,
  FinishCorrectiveAction,
  InvestigateComplaint,
  NewCorrectiveAction,
  ProposeResolution,
  RaiseComplaint,
  ScoreComplaint,
  TellComplainant,
  VersionedHandling,
} from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class ClassifyComplaintBody extends createZodDto(ClassifyComplaint) {}
export class ComplainedAboutBody extends createZodDto(ComplainedAbout) {}
export class ComplaintAnswer extends createZodDto(Complaint) {}
export class ComplaintPageAnswer extends createZodDto(ComplaintPage) {}
export class ComplaintQueryParams extends createZodDto(ComplaintQuery) {}
export class ComplaintReportAnswer extends createZodDto(ComplaintReport) {}
export class ComplaintReportParams extends createZodDto(ComplaintReportQuery) {}
export class ConfirmComplaintBody extends createZodDto(ConfirmComplaint) {}
export class EndComplaintBody extends createZodDto(EndComplaint) {}
export class ExecuteResolutionBody extends createZodDto(ExecuteResolution) {}
export class ExtendComplaintBody extends createZodDto(ExtendComplaint) {}
export class FileEvidenceBody extends createZodDto(FileEvidence) {}
export class FinishCorrectiveActionBody extends createZodDto(FinishCorrectiveAction) {}
export class InvestigateComplaintBody extends createZodDto(InvestigateComplaint) {}
export class NewCorrectiveActionBody extends createZodDto(NewCorrectiveAction) {}
export class ProposeResolutionBody extends createZodDto(ProposeResolution) {}
export class RaiseComplaintBody extends createZodDto(RaiseComplaint) {}
export class ScoreComplaintBody extends createZodDto(ScoreComplaint) {}
export class TellComplainantBody extends createZodDto(TellComplainant) {}
export class VersionedHandlingAnswer extends createZodDto(VersionedHandling) {}
