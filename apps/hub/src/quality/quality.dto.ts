import {
  BusinessCalendar,
  BusinessCalendars,
  CancelTask,
  ClockEvidence,
  CompleteTask,
  CreateTask,
  ExtendClock,
  OwnTask,
  ServiceClock,
  SetCalendar,
  Task,
  TaskPage,
  TaskQuery,
} from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class CalendarAnswer extends createZodDto(BusinessCalendar) {}
export class CalendarsAnswer extends createZodDto(BusinessCalendars) {}
export class CancelTaskBody extends createZodDto(CancelTask) {}
export class ClockAnswer extends createZodDto(ServiceClock) {}
export class ClockEvidenceBody extends createZodDto(ClockEvidence) {}
export class CompleteTaskBody extends createZodDto(CompleteTask) {}
export class CreateTaskBody extends createZodDto(CreateTask) {}
export class ExtendClockBody extends createZodDto(ExtendClock) {}
export class OwnTaskBody extends createZodDto(OwnTask) {}
export class SetCalendarBody extends createZodDto(SetCalendar) {}
export class TaskAnswer extends createZodDto(Task) {}
export class TaskPageAnswer extends createZodDto(TaskPage) {}
export class TaskQueryParams extends createZodDto(TaskQuery) {}
