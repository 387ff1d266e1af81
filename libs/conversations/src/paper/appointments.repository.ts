import { newId, type Queries, type Transaction } from '@claimline/database';

/** An appointment's row. */
export interface AppointmentRow {
  readonly id: string;
  readonly conversation_id: string;
  readonly kind: 'home-visit' | 'counter';
  readonly state: 'invited' | 'confirmed' | 'change-asked' | 'canceled' | 'held';
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly place: string;
  readonly participants: string[];
  readonly technician_id: string | null;
  readonly wish: string | null;
  readonly sequence: number;
  readonly reminded_at: Date | null;
  readonly created_by: string;
}

/** When, where and with whom. */
export interface AppointmentPlan {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly place: string;
  readonly participants: readonly string[];
  readonly technicianId: string | null;
}

const DAY_MS = 24 * 3_600_000;

/** Appointments with customers. */
export class Appointments {
  async add(
    tx: Transaction,
    appointment: AppointmentPlan & {
      readonly conversationId: string;
      readonly kind: AppointmentRow['kind'];
      readonly by: string;
      readonly at: Date;
    },
  ): Promise<string> {
    const id = newId(appointment.at);
    await tx.query({
      name: 'appointment-add',
      text: `INSERT INTO appointments (id, conversation_id, kind, starts_at, ends_at, place, participants, technician_id, created_by, created_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
      values: [
        id,
        appointment.conversationId,
        appointment.kind,
        appointment.startsAt,
        appointment.endsAt,
        appointment.place,
        appointment.participants,
        appointment.technicianId,
        appointment.by,
        appointment.at,
      ],
    });
    return id;
  }

  async find(queries: Queries, id: string): Promise<AppointmentRow | undefined> {
    const [row] = await queries.query<AppointmentRow>({
      name: 'appointment-find',
      text: 'SELECT * FROM appointments WHERE id = $1',
      values: [id],
    });
    return row;
  }

  /** The row, locked. */
  async lock(tx: Transaction, id: string): Promise<AppointmentRow | undefined> {
    const [row] = await tx.query<AppointmentRow>({
      name: 'appointment-lock',
      text: 'SELECT * FROM appointments WHERE id = $1 FOR UPDATE',
      values: [id],
    });
    return row;
  }

  /** Another time, place or person: the customer is asked anew. */
  async change(tx: Transaction, id: string, plan: AppointmentPlan, at: Date): Promise<void> {
    await tx.query({
      name: 'appointment-change',
      text: `UPDATE appointments SET state = 'invited', starts_at = $2, ends_at = $3, place = $4, participants = $5, technician_id = $6, wish = NULL,
               sequence = sequence + 1, reminded_at = NULL, changed_at = $7 WHERE id = $1`,
      values: [id, plan.startsAt, plan.endsAt, plan.place, plan.participants, plan.technicianId, at],
    });
  }

  async setState(tx: Transaction, id: string, state: AppointmentRow['state'], { at, wish }: { at: Date; wish?: string }): Promise<void> {
    await tx.query({
      name: 'appointment-state',
      text: `UPDATE appointments SET state = $2, wish = coalesce($3, wish), sequence = sequence + ($2 = 'canceled')::int, changed_at = $4 WHERE id = $1`,
      values: [id, state, wish ?? null, at],
    });
  }

  /** Those that begin within a day and of which the customer was not reminded yet; one that was made within that day needs no reminder. */
  async toRemind(queries: Queries, now: Date, limit: number): Promise<string[]> {
    const rows = await queries.query<{ id: string }>({
      name: 'appointments-to-remind',
      text: `SELECT id FROM appointments WHERE state IN ('invited', 'confirmed') AND reminded_at IS NULL AND starts_at > $1 AND starts_at <= $2
               AND changed_at < starts_at - interval '1 day' ORDER BY starts_at LIMIT $3`,
      values: [now, new Date(now.getTime() + DAY_MS), limit],
    });
    return rows.map(({ id }) => id);
  }

  async reminded(tx: Transaction, id: string, at: Date): Promise<void> {
    await tx.query({ name: 'appointment-reminded', text: 'UPDATE appointments SET reminded_at = $2 WHERE id = $1', values: [id, at] });
  }
}
