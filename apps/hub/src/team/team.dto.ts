import {
  Absence,
  AbsencePreview,
  Absences,
  AddMailAlias,
  ChangeScheduled,
  MailAlias,
  MailAliases,
  Message,
  PreviewAbsence,
  ScheduledQuery,
  ScheduledSend,
  ScheduledSends,
  ScheduleMessage,
  SetAbsence,
  Team,
  WorkOf,
} from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class AbsenceAnswer extends createZodDto(Absence) {}
export class AbsencesAnswer extends createZodDto(Absences) {}
export class AbsencePreviewAnswer extends createZodDto(AbsencePreview) {}
export class PreviewAbsenceBody extends createZodDto(PreviewAbsence) {}
export class SetAbsenceBody extends createZodDto(SetAbsence) {}
export class TeamAnswer extends createZodDto(Team) {}
export class WorkOfAnswer extends createZodDto(WorkOf) {}
export class MailAliasAnswer extends createZodDto(MailAlias) {}
export class MailAliasesAnswer extends createZodDto(MailAliases) {}
export class AddMailAliasBody extends createZodDto(AddMailAlias) {}
export class ScheduledSendAnswer extends createZodDto(ScheduledSend) {}
export class ScheduledSendsAnswer extends createZodDto(ScheduledSends) {}
export class ScheduledQueryParams extends createZodDto(ScheduledQuery) {}
export class ScheduleMessageBody extends createZodDto(ScheduleMessage) {}
export class ChangeScheduledBody extends createZodDto(ChangeScheduled) {}
export class SentMessageAnswer extends createZodDto(Message) {}
