import { Absence, Absences, SetAbsence } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';

export class AbsenceAnswer extends createZodDto(Absence) {}
export class AbsencesAnswer extends createZodDto(Absences) {}
export class SetAbsenceBody extends createZodDto(SetAbsence) {}
