import type { Queries } from '@claimline/database';
import { phoneKey, policyKey, PolicySearch, reasonOf, type FoundPolicy, type Policy, type PolicyWish } from './policy';

const MOST = 10;
// Fewer characters of a number would find half of the list.
const SHORTEST_END = 4;

/** Policies of an imported list: for houses whose claim core has no search of its own, or none that answers. */
export class ImportedPolicies extends PolicySearch {
  constructor(private readonly queries: Queries) {
    super();
  }

  /** A policy that is there gets what the newer list says of it. */
  async load(queries: Queries, policies: readonly Policy[], at: Date): Promise<void> {
    // The last line about a policy counts: one statement may not touch a row twice.
    const latest = [...new Map(policies.map((policy) => [policy.number, policy])).values()];
    await queries.query({
      name: 'policies-load',
      text: `INSERT INTO policies (number, line_of_business, holder, phone, plate, starts_on, ends_on, number_key, phone_key, plate_key, imported_at)
             SELECT row.*, $11::timestamptz FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::date[], $8::text[], $9::text[], $10::text[]) AS row
             ON CONFLICT (number) DO UPDATE SET line_of_business = excluded.line_of_business, holder = excluded.holder, phone = excluded.phone, plate = excluded.plate,
               starts_on = excluded.starts_on, ends_on = excluded.ends_on, number_key = excluded.number_key, phone_key = excluded.phone_key, plate_key = excluded.plate_key,
               imported_at = excluded.imported_at`,
      values: [
        latest.map(({ number }) => number),
        latest.map(({ lineOfBusiness }) => lineOfBusiness),
        latest.map(({ holder }) => holder),
        latest.map(({ phone }) => phone),
        latest.map(({ plate }) => plate),
        latest.map(({ startsOn }) => startsOn),
        latest.map(({ endsOn }) => endsOn),
        latest.map(({ number }) => policyKey(number)),
        latest.map(({ phone }) => phone && phoneKey(phone)),
        latest.map(({ plate }) => plate && policyKey(plate)),
        at,
      ],
    });
  }

  async count(): Promise<number> {
    const [row] = await this.queries.query<{ count: number }>({
      name: 'policies-count',
      text: 'SELECT count(*)::int AS count FROM policies',
      values: [],
    });
    return row!.count;
  }

  async find(wish: PolicyWish): Promise<FoundPolicy[]> {
    const number = wish.number ? policyKey(wish.number) : '';
    const end = number.length >= SHORTEST_END ? [...number].reverse().join('') : null;
    const rows = await this.queries.query<Policy>({
      name: 'policies-find',
      text: `SELECT number, line_of_business AS "lineOfBusiness", holder, phone, plate, starts_on::text AS "startsOn", ends_on::text AS "endsOn" FROM policies
             WHERE ($1::text IS NOT NULL AND reverse(number_key) LIKE $1 || '%') OR plate_key = $2 OR phone_key = $3 ORDER BY ends_on DESC NULLS LAST, number LIMIT ${MOST}`,
      values: [end, wish.plate ? policyKey(wish.plate) : null, wish.phone ? phoneKey(wish.phone) : null],
    });
    return rows.flatMap((policy) => {
      const reason = reasonOf(policy, wish);
      return reason ? [{ ...policy, reason }] : [];
    });
  }
}
