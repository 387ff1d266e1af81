import { createHash, randomBytes } from 'node:crypto';
import type { Queries, Transaction } from '@claimline/database';

// Long enough to fill in a form with the papers at hand, short enough for a borrowed phone.
const LIVES_MS = 20 * 60_000;

/** Somebody who has shown by a code who they are: on the portal, or for one link. */
export interface PortalGrant {
  readonly contactId: string;
  readonly addressId: string;
  /** A link's purpose, or `portal` for the pages behind the sign-in. */
  readonly purpose: string;
  readonly linkId: string | null;
  readonly expiresAt: Date;
}

const hash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The short sessions of the portal. Only the hash of the cookie is kept. */
export class PortalGrants {
  async give(tx: Transaction, to: Omit<PortalGrant, 'expiresAt'>, at: Date): Promise<{ token: string; expiresAt: Date }> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(at.getTime() + LIVES_MS);
    await tx.query({
      name: 'grant-give',
      text: 'INSERT INTO portal_grants (token_hash, contact_id, address_id, purpose, link_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      values: [hash(token), to.contactId, to.addressId, to.purpose, to.linkId, at, expiresAt],
    });
    return { token, expiresAt };
  }

  async find(queries: Queries, token: string, at: Date): Promise<PortalGrant | undefined> {
    const [row] = await queries.query<PortalGrant>({
      name: 'grant-find',
      text: `SELECT contact_id AS "contactId", address_id AS "addressId", purpose, link_id AS "linkId", expires_at AS "expiresAt"
             FROM portal_grants WHERE token_hash = $1 AND expires_at > $2`,
      values: [hash(token), at],
    });
    return row;
  }

  async end(queries: Queries, token: string): Promise<void> {
    await queries.query({ name: 'grant-end', text: 'DELETE FROM portal_grants WHERE token_hash = $1', values: [hash(token)] });
  }
}
