import type { Queries } from '@claimline/database';
import type { ConsentEntry } from '../consent/consent.repository';
import { NO_PREFERENCES, preferencesOf, type PreferencesRow } from '../preference/preferences.repository';
import type { RecipientKnowledge } from './planner';

interface Row {
  readonly preferences: PreferencesRow | null;
  readonly consents: readonly (Omit<ConsentEntry, 'at'> & { readonly at: string })[];
}

const NOTHING: RecipientKnowledge = { preferences: NO_PREFERENCES, consents: [] };

/** What is known of somebody who is to be told: how they want it, and what the ledger says of their addresses. */
export class KnowledgeRepository {
  /** Nothing is known of nobody. */
  async of(
    queries: Queries,
    person: { readonly contactId: string; readonly addresses: readonly { readonly id: string }[] } | null,
  ): Promise<RecipientKnowledge> {
    if (!person) return NOTHING;
    const [row] = await queries.query<Row>({
      name: 'recipient-knowledge',
      text: `SELECT (SELECT jsonb_build_object('channels', channels, 'any_hour', any_hour, 'quiet_from', quiet_from, 'quiet_to', quiet_to) FROM preferences WHERE contact_id = $1) AS preferences,
               coalesce((SELECT jsonb_agg(latest) FROM (
                 SELECT DISTINCT ON (address_id, channel, purpose) address_id AS "addressId", channel, purpose, state, source, at
                 FROM consents WHERE address_id = ANY($2) ORDER BY address_id, channel, purpose, at DESC, id DESC) AS latest), '[]') AS consents`,
      values: [person.contactId, person.addresses.map(({ id }) => id)],
    });
    const { preferences, consents } = row!;
    return { preferences: preferencesOf(preferences), consents: consents.map((entry) => ({ ...entry, at: new Date(entry.at) })) };
  }
}
