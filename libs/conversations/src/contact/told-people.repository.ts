import { newId, type Queries, type Transaction } from '@claimline/database';
import type { ContactKind } from './contacts.repository';

/** What the claim core says of somebody; what it does not say stays as it is. */
export interface ToldPerson {
  readonly name?: string;
  readonly kind?: ContactKind;
  readonly language?: string;
  readonly timeZone?: string;
  readonly deceased?: boolean;
}

/** People as the claim core tells of them, many at once: one event and five thousand imported claims take the same way. */
export class ToldPeople {
  /** Who of them is known: as the contact they were bound to, else by the claim core's name. Whom it calls by two names may be one person here. */
  async find(
    queries: Queries,
    people: readonly { readonly contactId: string | null; readonly externalId: string }[],
  ): Promise<(string | undefined)[]> {
    const rows = await queries.query<{ n: number; id: string }>({
      name: 'told-people-find',
      text: `SELECT told.n::int, coalesce((SELECT id FROM contacts WHERE id = told.contact_id),
                 (SELECT coalesce(merged_into, id) FROM contacts WHERE external_id = told.external_id)) AS id
             FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS told(contact_id, external_id, n)`,
      values: [people.map(({ contactId }) => contactId), people.map(({ externalId }) => externalId)],
    });
    const known = new Map(rows.map(({ n, id }) => [n, id]));
    return people.map((_, index) => known.get(index + 1) ?? undefined);
  }

  /** Makes contacts of new ones, by the claim core's name; whom another transaction has just made is that one. */
  async make(tx: Transaction, people: ReadonlyMap<string, ToldPerson>, at: Date): Promise<ReadonlyMap<string, string>> {
    if (people.size === 0) return new Map();
    // In one order for all: two events that tell of the same two people wait for each other instead of locking each other out.
    const sorted = [...people].sort(([a], [b]) => (a < b ? -1 : 1));
    const rows = await tx.query<{ externalId: string; id: string }>({
      name: 'told-people-make',
      text: `INSERT INTO contacts (id, kind, name, language, time_zone, external_id, deceased, created_at)
             SELECT id, coalesce(kind, 'person'), coalesce(name, "externalId"), language, "timeZone", "externalId", coalesce(deceased, false), $2
             FROM jsonb_to_recordset($1::jsonb) AS told(id uuid, kind text, name text, language text, "timeZone" text, "externalId" text, deceased boolean)
             ON CONFLICT (external_id) DO UPDATE SET external_id = excluded.external_id RETURNING external_id AS "externalId", coalesce(merged_into, id) AS id`,
      values: [JSON.stringify(sorted.map(([externalId, person]) => ({ ...person, id: newId(at), externalId }))), at],
    });
    return new Map(rows.map(({ externalId, id }) => [externalId, id]));
  }

  /** What is known better now of contacts; a language that was chosen stays. Nothing is written where nothing is new. */
  async update(tx: Transaction, people: ReadonlyMap<string, ToldPerson>): Promise<void> {
    const told = [...people].filter(([, person]) => Object.keys(person).length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
    if (told.length === 0) return;
    await tx.query({
      name: 'told-people-update',
      text: `UPDATE contacts c SET name = coalesce(told.name, c.name), kind = coalesce(told.kind, c.kind), time_zone = coalesce(told."timeZone", c.time_zone),
               language = CASE WHEN c.language_chosen THEN c.language ELSE coalesce(told.language, c.language) END, deceased = coalesce(told.deceased, c.deceased)
             FROM jsonb_to_recordset($1::jsonb) AS told(id uuid, kind text, name text, language text, "timeZone" text, deceased boolean)
             WHERE c.id = told.id AND (told.name <> c.name OR told.kind <> c.kind OR told.deceased <> c.deceased
               OR coalesce(told."timeZone", c.time_zone) IS DISTINCT FROM c.time_zone
               OR NOT c.language_chosen AND coalesce(told.language, c.language) IS DISTINCT FROM c.language)`,
      values: [JSON.stringify(told.map(([id, person]) => ({ ...person, id })))],
    });
  }
}
