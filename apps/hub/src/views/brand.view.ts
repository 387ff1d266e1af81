import type { Queries } from '@claimline/database';

/** A brand of the insurer: sets name, default language and zone for those who write under it. */
export interface BrandRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly default_language: 'en' | 'zh-CN';
  readonly time_zone: string;
}

/** The brands. There are a handful, and they hardly change. */
export class BrandView {
  constructor(private readonly queries: Queries) {}

  async find(id: string): Promise<BrandRow | undefined> {
    const [row] = await this.queries.query<BrandRow>({
      name: 'brand-find',
      text: 'SELECT * FROM brands WHERE id = $1',
      values: [id],
      steady: true,
    });
    return row;
  }

  /** The first of these brands, or the hub's first where none is named. */
  async first(ids: readonly string[]): Promise<BrandRow> {
    const [row] = await this.queries.query<BrandRow>({
      name: 'brand-first',
      text: 'SELECT * FROM brands WHERE cardinality($1::uuid[]) = 0 OR id = ANY ($1::uuid[]) ORDER BY created_at, id LIMIT 1',
      values: [ids],
      steady: true,
    });
    if (!row) throw new Error('there is no brand: the first-run command makes one');
    return row;
  }
}
