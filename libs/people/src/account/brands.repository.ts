import { newId, type Queries } from '@claimline/database';

/** What a new brand is called and how it speaks. */
export interface NewBrand {
  /** Short and lasting: claim events name the brand by it. */
  readonly key: string;
  readonly name: string;
  readonly language: 'en' | 'zh-CN';
  /** IANA name. */
  readonly timeZone: string;
}

/** The names under which the insurer meets its customers. */
export class Brands {
  /** Fails with 23505 where the key is taken. */
  async make(queries: Queries, brand: NewBrand, at: Date): Promise<string> {
    const id = newId(at);
    await queries.query({
      name: 'brand-make',
      text: 'INSERT INTO brands (id, key, name, default_language, time_zone, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
      values: [id, brand.key, brand.name, brand.language, brand.timeZone, at],
    });
    return id;
  }
}
