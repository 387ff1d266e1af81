import { newId, type Queries, type Transaction } from '@claimline/database';
import { searchVector, type Address } from '@claimline/messages';
import { Holders, type HoldingProof } from './holders.repository';

/** A person, an organisation, a gateway that writes for many, or the stand-in for several holders of one address. */
export type ContactKind = 'person' | 'organisation' | 'gateway' | 'shared';

export interface ContactRow {
  readonly id: string;
  readonly kind: ContactKind;
  readonly name: string;
  readonly salutation: string | null;
  readonly language: string | null;
  readonly time_zone: string | null;
  readonly external_id: string | null;
  readonly labels: string[];
  readonly deceased: boolean;
}

export interface AddressRow {
  readonly id: string;
  readonly scheme: string;
  readonly scope: string;
  readonly value: string;
  readonly name: string | null;
  readonly contact_id: string;
  readonly unusable: string | null;
  readonly level: 'claimed' | 'verified';
  readonly verified_at: Date | null;
}

/** Who sent something: the address and the contact to whom messages from there belong. */
export interface Sender {
  readonly addressId: string;
  readonly contactId: string;
  readonly kind: ContactKind;
  readonly made: boolean;
}

const CONTACT = 'id, kind, name, salutation, language, time_zone, external_id, labels, deceased';

/** Contacts, their addresses, and who holds which. An address may have several holders; a person may have several addresses. */
export class Contacts {
  private readonly holders = new Holders();

  /** The sender behind an address; a new address makes one contact. Locks the address: two messages of one stranger meet here. */
  async senderOf(tx: Transaction, address: Address, at: Date): Promise<Sender> {
    const [row] = await tx.query<{ address_id: string; contact_id: string; made: boolean; kind: ContactKind | null }>({
      name: 'contact-sender',
      text: `WITH address AS (
               INSERT INTO addresses AS a (id, scheme, scope, value, name, contact_id, created_at, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
               ON CONFLICT (scheme, scope, value) DO UPDATE SET seen_at = excluded.seen_at
               RETURNING id AS address_id, contact_id, (xmax = 0) AS made
             ), contact AS (
               INSERT INTO contacts (id, kind, name, created_at) SELECT contact_id, 'person', coalesce($5, $4), $7 FROM address WHERE made
             ), holder AS (
               INSERT INTO contact_addresses (contact_id, address_id, level, since) SELECT contact_id, address_id, 'claimed', $7 FROM address WHERE made
             )
             SELECT address.*, (SELECT kind FROM contacts WHERE id = address.contact_id) AS kind FROM address`,
      values: [newId(at), address.scheme, address.scope, address.value, address.name ?? null, newId(at), at],
    });
    return { addressId: row!.address_id, contactId: row!.contact_id, kind: row!.kind ?? 'person', made: row!.made };
  }

  async find(queries: Queries, id: string): Promise<ContactRow | undefined> {
    const [row] = await queries.query<ContactRow>({
      name: 'contact-find',
      text: `SELECT ${CONTACT} FROM contacts WHERE id = $1`,
      values: [id],
    });
    return row;
  }

  /** The claim core's name for somebody we know already; who has one keeps it. False: they have another. */
  async name(tx: Transaction, id: string, externalId: string): Promise<boolean> {
    const rows = await tx.query({
      name: 'contact-name-external',
      text: `UPDATE contacts SET external_id = $2 WHERE id = $1 AND kind = 'person' AND coalesce(external_id, $2) = $2 RETURNING id`,
      values: [id, externalId],
    });
    return rows.length > 0;
  }

  async make(
    tx: Transaction,
    contact: {
      kind: ContactKind;
      name: string;
      language?: string | null;
      timeZone?: string | null;
      externalId?: string | null;
      salutation?: string | null;
      deceased?: boolean;
    },
    at: Date,
  ): Promise<string> {
    const [row] = await tx.query<{ id: string }>({
      name: 'contact-make',
      text: `INSERT INTO contacts (id, kind, name, language, time_zone, external_id, salutation, deceased, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (external_id) DO UPDATE SET external_id = excluded.external_id RETURNING coalesce(merged_into, id) AS id`,
      values: [
        newId(at),
        contact.kind,
        contact.name,
        contact.language ?? null,
        contact.timeZone ?? null,
        contact.externalId ?? null,
        contact.salutation ?? null,
        contact.deceased ?? false,
        at,
      ],
    });
    return row!.id;
  }

  /**
   * Which language they want: said by themselves or by a person for them, so that neither the claim core nor a guess changes it; null takes it back.
   * Their open conversations follow. Returns those.
   */
  async chooseLanguage(tx: Transaction, id: string, language: string | null): Promise<string[]> {
    await tx.query({
      name: 'contact-choose-language',
      text: 'UPDATE contacts SET language = $2, language_chosen = $2::text IS NOT NULL WHERE id = $1',
      values: [id, language],
    });
    if (language === null) return [];
    const rows = await tx.query<{ id: string }>({
      name: 'contact-conversations-language',
      text: `UPDATE conversations SET language = $2 WHERE contact_id = $1 AND status <> 'resolved' AND language IS DISTINCT FROM $2 RETURNING id`,
      values: [id, language],
    });
    return rows.map((row) => row.id);
  }

  /** What is known better now; what is not given stays, and so does a language that was chosen. */
  async update(
    tx: Transaction,
    id: string,
    change: {
      name?: string;
      language?: string | null;
      timeZone?: string | null;
      deceased?: boolean;
      kind?: ContactKind;
      salutation?: string | null;
    },
  ): Promise<void> {
    await tx.query({
      name: 'contact-update',
      text: `UPDATE contacts SET name = coalesce($2, name), language = CASE WHEN $4 AND NOT language_chosen THEN $3 ELSE language END, time_zone = coalesce($5, time_zone),
               deceased = coalesce($6, deceased), kind = coalesce($7, kind), salutation = CASE WHEN $9 THEN $8 ELSE salutation END WHERE id = $1`,
      values: [
        id,
        change.name ?? null,
        change.language ?? null,
        change.language !== undefined,
        change.timeZone ?? null,
        change.deceased ?? null,
        change.kind ?? null,
        change.salutation ?? null,
        change.salutation !== undefined,
      ],
    });
  }

  /** Makes somebody a holder of an address, as {@link Holders.hold} does many. Answers with the address's id. */
  async hold(tx: Transaction, contactId: string, address: Address, proof: HoldingProof): Promise<string> {
    const [addressId] = await this.holders.hold(tx, [{ contactId, address }], proof);
    return addressId!;
  }

  /** The people (and organisations) who hold an address; the stand-in is not one of them. */
  async holdersOf(queries: Queries, addressId: string): Promise<ContactRow[]> {
    return queries.query<ContactRow>({
      name: 'address-holders',
      text: `SELECT ${CONTACT.split(', ')
        .map((column) => `c.${column}`)
        .join(', ')} FROM contact_addresses h JOIN contacts c ON c.id = h.contact_id WHERE h.address_id = $1 ORDER BY c.name`,
      values: [addressId],
    });
  }

  /** Where somebody is reached: best first (verified, then latest seen). A stand-in is reached at the address it stands for. */
  async addressesOf(queries: Queries, contactId: string): Promise<AddressRow[]> {
    return queries.query<AddressRow>({
      name: 'contact-addresses',
      text: `SELECT a.id, a.scheme, a.scope, a.value, a.name, a.contact_id, a.unusable, coalesce(h.level, 'claimed') AS level, h.verified_at
             FROM addresses a LEFT JOIN contact_addresses h ON h.address_id = a.id AND h.contact_id = $1
             WHERE a.id IN (SELECT id FROM addresses WHERE contact_id = $1 UNION SELECT address_id FROM contact_addresses WHERE contact_id = $1)
             ORDER BY (h.level = 'verified') DESC NULLS LAST, a.seen_at DESC NULLS LAST, a.id`,
      values: [contactId],
    });
  }

  async findAddress(queries: Queries, address: Address): Promise<{ id: string; contact_id: string; unusable: string | null } | undefined> {
    const [row] = await queries.query<{ id: string; contact_id: string; unusable: string | null }>({
      name: 'address-find',
      text: 'SELECT id, contact_id, unusable FROM addresses WHERE scheme = $1 AND scope = $2 AND value = $3',
      values: [address.scheme, address.scope, address.value],
    });
    return row;
  }

  /** One contact has become another: it is found no more, and whoever asks for it is led on. Null: it is itself again. */
  async mergeInto(tx: Transaction, id: string, keptId: string | null): Promise<void> {
    await tx.query({
      name: 'contact-merge-into',
      text: 'UPDATE contacts SET merged_into = $2, words = CASE WHEN $2::uuid IS NULL THEN words ELSE NULL END WHERE id = $1',
      values: [id, keptId],
    });
  }

  /** Which contact a merged one has become; itself where it was not merged. */
  async livingId(queries: Queries, id: string): Promise<string> {
    const [row] = await queries.query<{ id: string }>({
      name: 'contact-living',
      text: 'SELECT coalesce(merged_into, id) AS id FROM contacts WHERE id = $1',
      values: [id],
    });
    return row?.id ?? id;
  }

  /** The vendor says this address is no use (dead number, landline, bounce); null clears it. */
  async markUnusable(tx: Transaction, addressId: string, why: string | null): Promise<void> {
    await tx.query({ name: 'address-unusable', text: 'UPDATE addresses SET unusable = $2 WHERE id = $1', values: [addressId, why] });
    // Somebody else may have it by the time it works again.
    if (why)
      await tx.query({
        name: 'address-unproved',
        text: `UPDATE contact_addresses SET level = 'claimed' WHERE address_id = $1`,
        values: [addressId],
      });
  }

  /** Refreshes the words by which contacts are found: name, external id, address values. */
  async index(tx: Transaction, contactIds: readonly string[]): Promise<void> {
    const contacts = await tx.query<{ id: string; name: string; external_id: string | null; reached: string[] }>({
      name: 'contacts-to-index',
      text: `SELECT k.id, k.name, k.external_id, ARRAY(SELECT value FROM addresses a WHERE a.contact_id = k.id
               UNION SELECT a.value FROM contact_addresses h JOIN addresses a ON a.id = h.address_id WHERE h.contact_id = k.id) AS reached
             FROM contacts k WHERE k.id = ANY ($1::uuid[]) ORDER BY k.id`,
      values: [contactIds],
    });
    await tx.query({
      name: 'contacts-index',
      unread: true,
      text: 'UPDATE contacts k SET words = w.words FROM unnest($1::uuid[], $2::tsvector[]) AS w (id, words) WHERE k.id = w.id AND k.words IS DISTINCT FROM w.words',
      values: [
        contacts.map(({ id }) => id),
        contacts.map(({ name, external_id, reached }) => searchVector([name, external_id ?? '', ...reached].join(' \n '))),
      ],
    });
  }
}
