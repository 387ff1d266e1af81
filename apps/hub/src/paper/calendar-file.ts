import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { AppointmentFacts } from '../views/appointment.view';

const SUMMARY = {
  en: { 'home-visit': 'Visit by', counter: 'Appointment at' },
  'zh-CN': { 'home-visit': '上门服务', counter: '网点预约' },
} as const;

/** An appointment as a calendar file (RFC 5545). The same UID with a higher SEQUENCE replaces what a calendar knows of it. */
export function calendarFile(appointment: AppointmentFacts, now: Date): string {
  const { id, startsAt, endsAt, place, brand, sequence, state, kind, language } = appointment;
  const calendar = ical({ prodId: { company: 'Claimline', product: 'Appointments' }, method: ICalCalendarMethod.PUBLISH });
  calendar.createEvent({
    id: `${id}@claimline`,
    sequence,
    start: startsAt,
    end: endsAt,
    stamp: now,
    summary: `${SUMMARY[language][kind]} ${brand}`,
    location: place,
    status: state === 'canceled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}
