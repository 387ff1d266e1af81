import { claimVisibleTo } from '@claimline/claims';
import { Contacts, isVerified, visibleTo, visibleValues, type AddressRow, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { Contact } from '@claimline/protocol';

type Consents = Contact['addresses'][number]['consent'];

/** The customer panel: addresses with their consent, claims, conversations. */
export class ContactView {
  constructor(
    private readonly queries: Queries,
    private readonly contacts: Contacts,
  ) {}

  async show(viewer: Viewer, asked: string, at: Date): Promise<Contact | undefined> {
    const row = await this.contacts.find(this.queries, await this.contacts.livingId(this.queries, asked));
    if (!row) return undefined;
    const { id } = row;
    const addresses = await this.contacts.addressesOf(this.queries, id);
    const [claims, conversations, consents, sharers] = await Promise.all([
      this.claimsOf(viewer, id),
      this.conversationsOf(viewer, id),
      this.consentsOf(addresses),
      this.sharersOf(addresses, id),
    ]);
    return {
      id: row.id,
      kind: row.kind === 'shared' ? 'person' : row.kind,
      name: row.name,
      salutation: row.salutation,
      language: row.language === 'en' || row.language === 'zh-CN' ? row.language : null,
      timeZone: row.time_zone,
      labels: [...row.labels, ...(row.kind === 'shared' ? ['shared-address'] : []), ...(row.deceased ? ['deceased'] : [])],
      addresses: addresses.map((address) => ({
        id: address.id,
        scheme: address.scheme,
        value: address.value,
        level: isVerified(address, at) ? ('verified' as const) : ('claimed' as const),
        unusable: address.unusable,
        consent: consents.get(address.id) ?? [],
        sharedWith: sharers.get(address.id) ?? [],
      })),
      claims,
      conversations,
    };
  }

  /** People and organisations by name, address or external id, for the customers page; by name where nothing is asked for. */
  async find(
    viewer: Viewer,
    query: string | undefined,
    limit: number,
  ): Promise<{ id: string; name: string; address: string | null; claims: number }[]> {
    return this.queries.query({
      name: query ? 'contact-view-find' : 'contact-view-list',
      text: `SELECT k.id, k.name, (SELECT value FROM addresses a WHERE a.contact_id = k.id ORDER BY seen_at DESC NULLS LAST LIMIT 1) AS address,
               (SELECT count(*)::int FROM claim_parties p JOIN claims c ON c.id = p.claim_id WHERE p.contact_id = k.id AND ${claimVisibleTo('c', 1)}) AS claims
             FROM contacts k WHERE k.kind <> 'shared' AND k.merged_into IS NULL ${query ? 'AND k.words @@ $4::tsquery' : ''} ORDER BY k.name, k.id LIMIT $3`,
      values: [...visibleValues(viewer), limit, ...(query ? [query] : [])],
    });
  }

  private async claimsOf(viewer: Viewer, id: string): Promise<Contact['claims']> {
    const open = await this.queries.query<{ number: string; stage: string; line: string; role: string }>({
      name: 'contact-view-claims',
      text: `SELECT c.number, c.stage, c.line_of_business AS line, p.role FROM claim_parties p JOIN claims c ON c.id = p.claim_id WHERE p.contact_id = $1 AND ${claimVisibleTo('c', 2)} ORDER BY (c.stage = 'closed'), c.updated_at DESC LIMIT 50`,
      values: [id, ...visibleValues(viewer)],
    });
    return open;
  }

  private async conversationsOf(viewer: Viewer, id: string): Promise<Contact['conversations']> {
    const rows = await this.queries.query<{
      id: string;
      claim_number: string | null;
      status: string;
      last_message_at: Date;
      preview: string;
    }>({
      name: 'contact-view-conversations',
      text: `SELECT c.id, c.claim_number, c.status, c.last_message_at, c.preview FROM conversations c WHERE c.contact_id = $1 AND ${visibleTo('c', 2)} ORDER BY c.last_message_at DESC LIMIT 50`,
      values: [id, ...visibleValues(viewer)],
    });
    return rows.map((row) => ({
      id: row.id,
      claim: row.claim_number,
      status: row.status,
      lastMessageAt: row.last_message_at.toISOString(),
      preview: row.preview,
    }));
  }

  private async consentsOf(addresses: readonly AddressRow[]): Promise<Map<string, Consents>> {
    const rows = await this.queries.query<{ address_id: string; channel: string; state: 'granted' | 'opted-out'; at: Date }>({
      name: 'contact-view-consents',
      text: `SELECT DISTINCT ON (address_id, channel) address_id, channel, state, at FROM consents WHERE address_id = ANY ($1::uuid[]) AND purpose = 'service' ORDER BY address_id, channel, at DESC, id DESC`,
      values: [addresses.map((address) => address.id)],
    });
    const byAddress = new Map<string, Consents>();
    for (const row of rows)
      byAddress.set(row.address_id, [
        ...(byAddress.get(row.address_id) ?? []),
        { channel: row.channel, state: row.state, since: row.at.toISOString() },
      ]);
    return byAddress;
  }

  private async sharersOf(addresses: readonly AddressRow[], id: string): Promise<Map<string, { id: string; name: string }[]>> {
    const rows = await this.queries.query<{ address_id: string; id: string; name: string }>({
      name: 'contact-view-sharers',
      text: 'SELECT h.address_id, c.id, c.name FROM contact_addresses h JOIN contacts c ON c.id = h.contact_id WHERE h.address_id = ANY ($1::uuid[]) AND c.id <> $2 ORDER BY c.name',
      values: [addresses.map((address) => address.id), id],
    });
    const byAddress = new Map<string, { id: string; name: string }[]>();
    for (const row of rows) byAddress.set(row.address_id, [...(byAddress.get(row.address_id) ?? []), { id: row.id, name: row.name }]);
    return byAddress;
  }
}
