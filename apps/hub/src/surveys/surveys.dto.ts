import {
  GiveSurveyAnswers,
  ImportBaseline,
  SurveyAsked,
  SurveyBaseline,
  SurveyInvitations,
  SurveyReport,
  SurveyReportQuery,
  SurveyStored,
} from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class GiveSurveyAnswersBody extends createZodDto(GiveSurveyAnswers) {}
export class ImportBaselineBody extends createZodDto(ImportBaseline) {}
export class SurveyAskedAnswer extends createZodDto(SurveyAsked) {}
export class SurveyBaselineAnswer extends createZodDto(SurveyBaseline) {}
export class SurveyInvitationsAnswer extends createZodDto(SurveyInvitations) {}
export class SurveyReportAnswer extends createZodDto(SurveyReport) {}
export class SurveyReportParams extends createZodDto(SurveyReportQuery) {}
export class SurveyStoredAnswer extends createZodDto(SurveyStored) {}
