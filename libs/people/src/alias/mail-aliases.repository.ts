import { newId, type Queries, type Transaction } from '@claimline/database';
import type { MailAlias } from './mail-alias.entity';

const COLUMNS = 'id, account_id AS "accountId", inbox_id AS "inboxId", address, created_at AS "createdAt"';

/** The mail addresses that belong to adjusters. */
export class MailAliases {
  /** Makes one; undefined when the address is taken. */
  async add(tx: Transaction, alias: Pick<MailAlias, 'accountId' | 'inboxId' | 'address'>, now: Date): Promise<MailAlias | undefined> {
    const [row] = await tx.query<MailAlias>({
      name: 'mail-alias-add',
      text: `INSERT INTO mail_aliases (id, account_id, inbox_id, address, created_at) VALUES ($1, $2, $3, lower($4), $5) ON CONFLICT (address) DO NOTHING RETURNING ${COLUMNS}`,
      values: [newId(now), alias.accountId, alias.inboxId, alias.address, now],
    });
    return row;
  }

  /** Takes one away; undefined when there is none. */
  async remove(tx: Transaction, id: string): Promise<MailAlias | undefined> {
    const text = `DELETE FROM mail_aliases WHERE id = $1 RETURNING ${COLUMNS}`;
    const [row] = await tx.query<MailAlias>({ name: 'mail-alias-remove', text, values: [id] });
    return row;
  }

  async list(queries: Queries): Promise<MailAlias[]> {
    const text = `SELECT ${COLUMNS} FROM mail_aliases ORDER BY address LIMIT 1000`;
    return await queries.query<MailAlias>({ name: 'mail-aliases', text, values: [] });
  }
}
