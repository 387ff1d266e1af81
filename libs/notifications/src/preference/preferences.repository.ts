import type { Queries, Transaction } from '@claimline/database';
import { quietUntil, USUAL_QUIET_HOURS, type QuietHours } from './quiet-hours';

/** How somebody wants to be told. */
export interface Preferences {
  /** Channel kinds, the favourite first; empty: the rule's own order. */
  readonly channels: readonly string[];
  readonly quiet: QuietHours;
}

/** Where nobody has said anything. */
export const NO_PREFERENCES: Preferences = { channels: [], quiet: USUAL_QUIET_HOURS };

/** Preferences as they are kept. */
export interface PreferencesRow {
  readonly channels: string[];
  readonly any_hour: boolean;
  readonly quiet_from: string | null;
  readonly quiet_to: string | null;
}

/** What somebody has said, or how it is where nobody has said anything. */
export const preferencesOf = (row: PreferencesRow | null | undefined): Preferences =>
  row
    ? {
        channels: row.channels,
        quiet: { anyHour: row.any_hour, from: row.quiet_from ?? USUAL_QUIET_HOURS.from, to: row.quiet_to ?? USUAL_QUIET_HOURS.to },
      }
    : NO_PREFERENCES;

/** Preferences of contacts. */
export class PreferencesRepository {
  async of(queries: Queries, contactId: string): Promise<Preferences> {
    const [row] = await queries.query<PreferencesRow>({
      name: 'preferences-of',
      brief: true,
      text: 'SELECT channels, any_hour, quiet_from, quiet_to FROM preferences WHERE contact_id = $1',
      values: [contactId],
    });
    return preferencesOf(row);
  }

  async set(tx: Transaction, contactId: string, preferences: Preferences, at: Date): Promise<void> {
    await tx.query({
      name: 'preferences-set',
      text: `INSERT INTO preferences (contact_id, channels, any_hour, quiet_from, quiet_to, updated_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (contact_id) DO UPDATE SET channels = excluded.channels, any_hour = excluded.any_hour, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, updated_at = excluded.updated_at`,
      values: [contactId, preferences.channels, preferences.quiet.anyHour, preferences.quiet.from, preferences.quiet.to, at],
    });
  }
}

/** Until when a contact is not to be disturbed; for the gate, which asks again before anything leaves. */
export class RecipientQuietHours {
  constructor(private readonly preferences: PreferencesRepository) {}

  async until(queries: Queries, contactId: string, zone: string, now: Date): Promise<Date | undefined> {
    return quietUntil(now, zone, (await this.preferences.of(queries, contactId)).quiet);
  }
}
