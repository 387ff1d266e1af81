import { newId, type Queries } from '@claimline/database';

/** Groups of people who share work. */
export class Teams {
  /** The ids of teams by name; a name that is new to the brand becomes one. */
  async named(queries: Queries, brandId: string, names: readonly string[], at: Date): Promise<string[]> {
    const unique = [...new Set(names)];
    if (unique.length === 0) return [];
    const rows = await queries.query<{ id: string }>({
      name: 'team-named',
      text: `INSERT INTO teams (id, brand_id, name) SELECT id, $1, name FROM unnest($2::uuid[], $3::text[]) AS wanted (id, name)
             ON CONFLICT (brand_id, name) DO UPDATE SET name = excluded.name RETURNING id`,
      values: [brandId, unique.map(() => newId(at)), unique],
    });
    return rows.map(({ id }) => id);
  }

  async names(queries: Queries): Promise<ReadonlyMap<string, string>> {
    const rows = await queries.query<{ id: string; name: string }>({ name: 'team-names', text: 'SELECT id, name FROM teams', values: [] });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
