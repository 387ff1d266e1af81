import { newId, type Queries, type Transaction } from '@claimline/database';
import { addressKey, type Address } from '@claimline/messages';
import type { ContactKind } from './contacts.repository';

/** Somebody who is reached at an address. */
export interface Holding {
  readonly contactId: string;
  readonly address: Address;
}

/** How it is known who holds an address, and since when. */
export interface HoldingProof {
  readonly at: Date;
  readonly level?: 'claimed' | 'verified';
}

interface Place {
  readonly addressId: string;
  /** To whom messages from there belong. */
  readonly contactId: string;
  readonly kind: ContactKind;
}

interface PlaceRow extends Place {
  readonly scheme: Address['scheme'];
  readonly scope: string;
  readonly value: string;
}

/** Who holds which address. An address may have several holders; a person may have several addresses. */
export class Holders {
  /**
   * Makes each a holder of their address. The second holder turns the address to a `shared` contact: from then on a message from there asks who is
   * writing. A name that came only from the address itself gives way to the real one. Answers with the addresses' ids, in the order of the holdings.
   */
  async hold(tx: Transaction, holdings: readonly Holding[], proof: HoldingProof): Promise<string[]> {
    if (holdings.length === 0) return [];
    const places = await this.places(tx, holdings, proof.at);
    const placeOf = ({ address }: Holding): Place => places.get(addressKey(address))!;
    await this.note(
      tx,
      holdings.map((holding) => ({ contactId: holding.contactId, addressId: placeOf(holding).addressId })),
      proof,
    );
    for (const holding of holdings) {
      const place = placeOf(holding);
      if (place.contactId !== holding.contactId)
        places.set(addressKey(holding.address), await this.settle(tx, place, holding.contactId, proof.at));
    }
    return holdings.map((holding) => placeOf(holding).addressId);
  }

  // A new address is its first holder's. In the order of inbound batches, so that nobody locks the other out.
  private async places(tx: Transaction, holdings: readonly Holding[], at: Date): Promise<Map<string, Place>> {
    const first = new Map<string, Holding>();
    for (const holding of holdings) if (!first.has(addressKey(holding.address))) first.set(addressKey(holding.address), holding);
    const sorted = [...first].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, holding]) => holding);
    const rows = await tx.query<PlaceRow>({
      name: 'addresses-place',
      text: `INSERT INTO addresses AS a (id, scheme, scope, value, name, contact_id, created_at, seen_at)
             SELECT id, scheme, scope, value, name, contact_id, $7, $7
             FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[]) WITH ORDINALITY AS told(id, scheme, scope, value, name, contact_id, n) ORDER BY n
             ON CONFLICT (scheme, scope, value) DO UPDATE SET seen_at = excluded.seen_at
             RETURNING id AS "addressId", scheme, scope, value, contact_id AS "contactId", coalesce((SELECT kind FROM contacts WHERE id = a.contact_id), 'person') AS kind`,
      values: [
        sorted.map(() => newId(at)),
        sorted.map(({ address }) => address.scheme),
        sorted.map(({ address }) => address.scope),
        sorted.map(({ address }) => address.value),
        sorted.map(({ address }) => address.name ?? null),
        sorted.map(({ contactId }) => contactId),
        at,
      ],
    });
    return new Map(rows.map(({ scheme, scope, value, ...place }) => [addressKey({ scheme, scope, value }), place]));
  }

  private async note(
    tx: Transaction,
    held: readonly { readonly contactId: string; readonly addressId: string }[],
    { at, level = 'claimed' }: HoldingProof,
  ): Promise<void> {
    await tx.query({
      name: 'contacts-hold',
      text: `INSERT INTO contact_addresses (contact_id, address_id, level, verified_at, since)
             SELECT DISTINCT contact_id, address_id, $3, $4::timestamptz, $5::timestamptz FROM unnest($1::uuid[], $2::uuid[]) AS held(contact_id, address_id) ORDER BY contact_id, address_id
             ON CONFLICT (contact_id, address_id) DO UPDATE SET level = 'verified', verified_at = excluded.verified_at WHERE excluded.level = 'verified'`,
      values: [held.map(({ contactId }) => contactId), held.map(({ addressId }) => addressId), level, level === 'verified' ? at : null, at],
    });
  }

  private async settle(tx: Transaction, place: Place, contactId: string, at: Date): Promise<Place> {
    if (place.kind === 'shared') return place;
    if (await this.isOnlyAnAddress(tx, place.contactId)) {
      await this.absorb(tx, place, contactId);
      return { ...place, contactId };
    }
    const standIn = await this.standIn(tx, place.addressId, at);
    await this.point(tx, place.addressId, standIn);
    return { ...place, contactId: standIn, kind: 'shared' };
  }

  // A stranger whom nobody has named yet: no external id, no claim, the address is all there is.
  private async isOnlyAnAddress(tx: Transaction, contactId: string): Promise<boolean> {
    const [row] = await tx.query<{ bare: boolean }>({
      name: 'contact-is-bare',
      text: `SELECT external_id IS NULL AND kind = 'person' AND name = (SELECT value FROM addresses WHERE contact_id = $1 LIMIT 1)
               AND NOT EXISTS (SELECT FROM claim_parties WHERE contact_id = $1) AND (SELECT count(*) FROM contact_addresses WHERE contact_id = $1) = 1 AS bare
             FROM contacts WHERE id = $1`,
      values: [contactId],
    });
    return row?.bare ?? false;
  }

  // The stranger turns out to be somebody we know: their address and their conversations become that person's.
  private async absorb(tx: Transaction, stranger: Place, contactId: string): Promise<void> {
    await this.point(tx, stranger.addressId, contactId);
    await tx.query({ name: 'contact-unhold', text: 'DELETE FROM contact_addresses WHERE contact_id = $1', values: [stranger.contactId] });
    await tx.query({
      name: 'contact-take-conversations',
      text: `UPDATE conversations c SET contact_id = $2 WHERE contact_id = $1
               AND (status = 'resolved' OR claim_id IS NOT NULL OR NOT EXISTS (SELECT FROM conversations o WHERE o.contact_id = $2 AND o.claim_id IS NULL AND o.status <> 'resolved'))`,
      values: [stranger.contactId, contactId],
    });
  }

  private async point(tx: Transaction, addressId: string, contactId: string): Promise<void> {
    await tx.query({ name: 'address-point', text: 'UPDATE addresses SET contact_id = $2 WHERE id = $1', values: [addressId, contactId] });
  }

  private async standIn(tx: Queries, addressId: string, at: Date): Promise<string> {
    const [row] = await tx.query<{ id: string }>({
      name: 'contact-stand-in',
      text: `INSERT INTO contacts (id, kind, name, created_at) SELECT $1, 'shared', value, $3 FROM addresses WHERE id = $2 RETURNING id`,
      values: [newId(at), addressId, at],
    });
    return row!.id;
  }
}
