import type { CodeAddress, SecureLink } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import { spokenLanguage, type Language } from '@claimline/messages';
import type { PortalBrand } from '@claimline/protocol';

interface Row {
  readonly name: string;
  readonly default_language: Language;
  readonly language: string | null;
  readonly help_phone: string | null;
}

type LinkedTo = Pick<SecureLink, 'contactId' | 'conversationId' | 'claimNumber'>;

/** Who greets somebody on the portal, in which language, and where a code for them could go. */
export class PortalWelcomeView {
  constructor(private readonly queries: Queries) {}

  /** The brand of a link's conversation or claim, in the language of the person it is for. */
  async brandOf(link: LinkedTo): Promise<PortalBrand> {
    const [row] = await this.queries.query<Row>({
      name: 'portal-brand-of',
      text: `${BRAND('coalesce(v.language, k.language)')}
             LEFT JOIN conversations v ON v.id = $1 LEFT JOIN contacts k ON k.id = $2
             WHERE b.id = coalesce(v.brand_id, (SELECT brand_id FROM claims WHERE number = $3),
               (SELECT brand_id FROM conversations WHERE contact_id = $2 ORDER BY last_message_at DESC LIMIT 1), (SELECT id FROM brands ORDER BY created_at, id LIMIT 1))`,
      values: [link.conversationId, link.contactId, link.claimNumber],
    });
    return brandOf(row);
  }

  /** The hub's first brand, for somebody of whom nothing is known yet. */
  async brand(): Promise<PortalBrand> {
    const [row] = await this.queries.query<Row>({
      name: 'portal-brand',
      text: `${BRAND('NULL::text')} ORDER BY b.created_at, b.id LIMIT 1`,
      values: [],
    });
    return brandOf(row);
  }

  /** Everywhere somebody is reached, best first, and whether others are reached there too. */
  async addressesOf(queries: Queries, contactId: string): Promise<CodeAddress[]> {
    return queries.query<CodeAddress>({
      name: 'portal-addresses',
      text: `SELECT a.id, a.scheme, a.value, a.unusable, h.since, (SELECT count(*) > 1 FROM contact_addresses o WHERE o.address_id = a.id) AS shared
             FROM contact_addresses h JOIN addresses a ON a.id = h.address_id WHERE h.contact_id = $1
             ORDER BY (h.level = 'verified') DESC, a.seen_at DESC NULLS LAST, a.id`,
      values: [contactId],
    });
  }
}

const BRAND = (language: string): string => `
  SELECT b.name, b.default_language, ${language} AS language, said.value->>'helpPhone' AS help_phone FROM brands b
  LEFT JOIN LATERAL (SELECT value FROM settings WHERE key = 'brand.' || b.key ORDER BY version DESC LIMIT 1) AS said ON true`;

function brandOf(row: Row | undefined): PortalBrand {
  if (!row) throw new Error('there is no brand: the first-run command makes one');
  return { name: row.name, language: spokenLanguage(row.language, row.default_language), helpPhone: row.help_phone };
}
