import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import { spokenLanguage, type Language } from '@claimline/messages';
import type { Appointment, PortalAppointment } from '@claimline/protocol';

interface Row {
  readonly id: string;
  readonly conversation: string;
  readonly kind: Appointment['kind'];
  readonly state: Appointment['state'];
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly place: string;
  readonly participants: string[];
  readonly technician: { readonly id: string; readonly name: string } | null;
  readonly wish: string | null;
  readonly sequence: number;
  readonly brand: string;
  readonly time_zone: string;
  readonly language: string | null;
  readonly default_language: Language;
}

/** Everything that invitations, calendar files and the customer's page say of an appointment. */
export interface AppointmentFacts extends Pick<Row, 'id' | 'conversation' | 'kind' | 'state' | 'place' | 'brand' | 'sequence'> {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly timeZone: string;
  readonly language: Language;
  readonly technician: string | null;
}

const SELECT = `
  SELECT a.id, a.conversation_id AS conversation, a.kind, a.state, a.starts_at, a.ends_at, a.place, a.participants, a.wish, a.sequence,
    CASE WHEN t.id IS NULL THEN NULL ELSE jsonb_build_object('id', t.id, 'name', t.name) END AS technician,
    b.name AS brand, coalesce(k.time_zone, b.time_zone) AS time_zone, coalesce(c.language, k.language) AS language, b.default_language
  FROM appointments a JOIN conversations c ON c.id = a.conversation_id JOIN contacts k ON k.id = c.contact_id JOIN brands b ON b.id = c.brand_id
    LEFT JOIN accounts t ON t.id = a.technician_id`;

/** Appointments as they are shown: to our people, and to the customer behind a link. */
export class AppointmentView {
  constructor(private readonly queries: Queries) {}

  /** Those of a conversation, latest first. */
  async ofConversation(viewer: Viewer, conversationId: string): Promise<Appointment[]> {
    const rows = await this.queries.query<Row>({
      name: 'appointments-of',
      text: `${SELECT} WHERE a.conversation_id = $3 AND ${visibleTo('c', 1)} ORDER BY a.starts_at DESC LIMIT 50`,
      values: [...visibleValues(viewer), conversationId],
    });
    return rows.map(({ starts_at: startsAt, ends_at: endsAt, id, conversation, kind, state, place, participants, technician, wish }) => ({
      id,
      conversation,
      kind,
      state,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      place,
      participants,
      technician,
      wish,
    }));
  }

  async facts(queries: Queries, id: string): Promise<AppointmentFacts | undefined> {
    const [row] = await queries.query<Row>({ name: 'appointment-facts', text: `${SELECT} WHERE a.id = $1`, values: [id] });
    return row && factsOf(row);
  }
}

function factsOf(row: Row): AppointmentFacts {
  const { id, conversation, kind, state, place, brand, sequence, technician } = row;
  return {
    id,
    conversation,
    kind,
    state,
    place,
    brand,
    sequence,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    timeZone: row.time_zone,
    language: spokenLanguage(row.language, row.default_language),
    technician: technician?.name ?? null,
  };
}

/** What the customer's page shows. */
export const portalOf = ({
  brand,
  kind,
  state,
  startsAt,
  endsAt,
  timeZone,
  place,
  technician,
  language,
}: AppointmentFacts): PortalAppointment => ({
  brand,
  kind,
  state,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  timeZone,
  place,
  technician,
  language,
});

/** The time of an appointment in words: the day, from when to when, and by which clock. */
export function timeInWords({
  startsAt,
  endsAt,
  timeZone,
  language,
}: Pick<AppointmentFacts, 'startsAt' | 'endsAt' | 'timeZone' | 'language'>): string {
  const format = new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone,
    timeZoneName: 'short',
  });
  return format.formatRange(startsAt, endsAt);
}
