import { createHash, randomBytes } from 'node:crypto';
import { newId, type Queries, type Transaction } from '@claimline/database';
import { linkState, type LinkPurpose, type NewLink, type SecureLink } from './secure-link';

interface Row {
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly contact_id: string;
  readonly claim_number: string | null;
  readonly conversation_id: string | null;
  readonly address_id: string | null;
  readonly subject: string | null;
  readonly single_use: boolean;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly spent_at: Date | null;
}

const COLUMNS = 'id, purpose, contact_id, claim_number, conversation_id, address_id, subject, single_use, created_at, expires_at, spent_at';
const TOKEN = /^[\w-]{43}$/;

const hash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Links that are the proof by themselves: 256 bits of chance, of which only the hash is kept. */
export class SecureLinks {
  /** Makes a link. The token is told here and never again. */
  async create(tx: Transaction, link: NewLink, at: Date): Promise<{ id: string; token: string }> {
    const id = newId(at);
    const token = randomBytes(32).toString('base64url');
    await tx.query({
      name: 'link-create',
      text: `INSERT INTO secure_links (id, token_hash, purpose, contact_id, claim_number, conversation_id, address_id, subject, single_use, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      values: [
        id,
        hash(token),
        link.purpose,
        link.contactId,
        link.claimNumber,
        link.conversationId,
        link.addressId,
        link.subject,
        link.singleUse,
        at,
        link.expiresAt,
      ],
    });
    return { id, token };
  }

  /** The link behind a token, used and expired ones too: see {@link linkState}. Undefined where nobody made it. */
  async find(queries: Queries, token: string): Promise<SecureLink | undefined> {
    if (!TOKEN.test(token)) return undefined;
    const [row] = await queries.query<Row>({
      name: 'link-find',
      text: `SELECT ${COLUMNS} FROM secure_links WHERE token_hash = $1`,
      values: [hash(token)],
    });
    return row && linkOf(row);
  }

  /** The link behind a token while it opens its page; notes when that was first. Undefined where it is unknown, used or expired. */
  async open(queries: Queries, token: string, at: Date): Promise<SecureLink | undefined> {
    const link = await this.find(queries, token);
    if (!link || linkState(link, at) !== 'open') return undefined;
    await queries.query({
      name: 'link-opened',
      text: 'UPDATE secure_links SET opened_at = $2 WHERE id = $1 AND opened_at IS NULL',
      values: [link.id, at],
    });
    return link;
  }

  /** Uses a link up. False where somebody was first or it has expired: of two at once one wins, because the row decides. */
  async spend(tx: Transaction, id: string, at: Date): Promise<boolean> {
    const rows = await tx.query({
      name: 'link-spend',
      text: 'UPDATE secure_links SET spent_at = $2 WHERE id = $1 AND spent_at IS NULL AND expires_at > $2 RETURNING 1',
      values: [id, at],
    });
    return rows.length > 0;
  }

  /** Notes where a link went, where that was decided after it was made. */
  async sentTo(
    tx: Transaction,
    id: string,
    to: { readonly conversationId: string | null; readonly addressId: string | null },
  ): Promise<void> {
    await tx.query({
      name: 'link-sent-to',
      text: 'UPDATE secure_links SET conversation_id = $2, address_id = $3 WHERE id = $1',
      values: [id, to.conversationId, to.addressId],
    });
  }

  /** Ends the open links of a purpose for somebody: a newer one takes their place, or what they were for is done. */
  async revoke(tx: Transaction, of: { contactId: string; purpose: LinkPurpose; claimNumber: string | null }, at: Date): Promise<number> {
    const rows = await tx.query({
      name: 'link-revoke',
      text: `UPDATE secure_links SET expires_at = $4 WHERE contact_id = $1 AND purpose = $2 AND claim_number IS NOT DISTINCT FROM $3
               AND spent_at IS NULL AND expires_at > $4 RETURNING 1`,
      values: [of.contactId, of.purpose, of.claimNumber, at],
    });
    return rows.length;
  }
}

const linkOf = (row: Row): SecureLink => ({
  id: row.id,
  purpose: row.purpose,
  contactId: row.contact_id,
  claimNumber: row.claim_number,
  conversationId: row.conversation_id,
  addressId: row.address_id,
  subject: row.subject,
  singleUse: row.single_use,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  spentAt: row.spent_at,
});
