import { claimVisibleTo } from '@claimline/claims';
import type { Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { AudienceMember } from '@claimline/notifications';
import type { BroadcastAudience } from '@claimline/protocol';

/** A member with the words by which people know them. */
export interface NamedMember extends AudienceMember {
  readonly name: string;
  readonly brandId: string;
}

// Whoever owns the policy or has reported; of several claims of one person the first counts, so that nobody hears the same twice.
const AUDIENCE = `
  SELECT DISTINCT ON (coalesce(p.contact_id, p.id)) p.contact_id AS "contactId", claim.number AS "claimNumber", p.id AS "partyId", p.name, claim.brand_id AS "brandId"
  FROM claims claim JOIN claim_parties p ON p.claim_id = claim.id AND p.role IN ('policyholder', 'insured', 'reporter') LEFT JOIN contacts k ON k.id = p.contact_id
  WHERE ${claimVisibleTo('claim', 1)} AND claim.brand_id = $3
    AND ($4::text IS NULL OR claim.catastrophe = $4) AND ($5::text IS NULL OR claim.line_of_business = $5)
    AND ($6::text IS NULL OR claim.jurisdiction = $6 OR split_part(claim.jurisdiction, '-', 1) = $6)
    AND ($7::text IS NULL OR starts_with(lower(coalesce(p.language, k.language, '')), lower($7)))
    AND CASE WHEN $8::text IS NULL THEN claim.stage <> 'closed' ELSE claim.stage = $8 END
  ORDER BY coalesce(p.contact_id, p.id), claim.created_at, p.id`;

/** Who is meant by an audience, among the claims that its author may see. */
export class BroadcastAudienceView {
  async members(
    queries: Queries,
    viewer: Viewer,
    { brandId, audience }: { brandId: string; audience: BroadcastAudience },
  ): Promise<NamedMember[]> {
    const { catastrophe, line, jurisdiction, language, stage } = audience;
    return queries.query<NamedMember>({
      name: 'broadcast-audience',
      text: AUDIENCE,
      values: [viewer.groups, viewer.brandIds, brandId, catastrophe, line, jurisdiction, language, stage],
    });
  }

  /** The brand in whose name is written: of the author's, the one with most claims of the audience. */
  async brandOf(queries: Queries, viewer: Viewer, catastrophe: string | null): Promise<string | undefined> {
    const [row] = await queries.query<{ id: string }>({
      name: 'broadcast-brand',
      text: `SELECT b.id FROM brands b LEFT JOIN claims c ON c.brand_id = b.id AND ($1::text IS NULL OR c.catastrophe = $1) WHERE cardinality($2::uuid[]) = 0 OR b.id = ANY ($2::uuid[]) GROUP BY b.id ORDER BY count(c.id) DESC, b.created_at LIMIT 1`,
      values: [catastrophe, viewer.brandIds],
    });
    return row?.id;
  }

  /** The name of an event, by its tag. */
  async eventName(queries: Queries, tag: string | null): Promise<string | undefined> {
    const [row] = await queries.query<{ name: string }>({
      name: 'broadcast-event',
      text: 'SELECT name FROM catastrophes WHERE tag = $1',
      values: [tag],
    });
    return row?.name;
  }
}
