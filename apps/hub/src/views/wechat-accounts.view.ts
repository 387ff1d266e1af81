import type { Queries } from '@claimline/database';

/** In which account's name space the claim core's WeChat ids of a brand are. */
export class WechatAccounts {
  /** The first account of the brand; undefined where it has none. */
  async of(queries: Queries, brandId: string): Promise<string | undefined> {
    const [row] = await queries.query<{ address: string }>({
      name: 'wechat-account-of-brand',
      text: `SELECT address FROM inboxes WHERE kind = 'wechat' AND brand_id = $1 ORDER BY created_at, id LIMIT 1`,
      values: [brandId],
    });
    return row?.address;
  }
}
