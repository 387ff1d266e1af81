import { ClaimSearchRepository, mayReadClaim, stageLine } from '@claimline/claims';
import type { Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { Stage } from '@claimline/messages';
import type { Claim, ClaimList } from '@claimline/protocol';

type Row = Omit<Claim, 'stageLine' | 'version' | 'stage' | 'corePage'> & {
  readonly version: string;
  readonly stage: Stage;
  readonly brand_id: string;
  readonly times: Record<string, string>;
  readonly flags: string[];
  readonly claim_page: string | null;
};

// Special investigation is nobody's business but the investigators': the flag is shown to their group alone (corrections.md §4).
const HIDDEN_FLAGS = ['siu'];

/** Claims as people read them: the mirror with the names of everybody in it. */
export class ClaimView {
  constructor(
    private readonly queries: Queries,
    private readonly search: ClaimSearchRepository,
  ) {}

  /** Undefined where there is none, or none that this reader may see. */
  async show(viewer: Viewer, number: string, now: Date): Promise<Claim | undefined> {
    const [row] = await this.queries.query<Row>({ name: 'claim-view', text: CLAIM, values: [number, now] });
    if (!row || !mayReadClaim(viewer, row)) return undefined;
    const { brand_id: _, times, claim_page: page, ...claim } = row;
    const flags = row.flags.filter((flag) => !HIDDEN_FLAGS.includes(flag) || viewer.groups.includes(flag));
    const corePage = page?.replaceAll('{number}', encodeURIComponent(row.number)) ?? null;
    return { ...claim, flags, version: Number(row.version), corePage, stageLine: stageLine(row.stage, times) };
  }

  find(viewer: Viewer, query: { readonly q?: string; readonly limit: number; readonly before?: string }): Promise<ClaimList> {
    return this.search.find(this.queries, {
      text: query.q || undefined,
      brandIds: viewer.brandIds,
      groups: viewer.groups,
      limit: query.limit,
      after: query.before,
    });
  }
}

// The delegate: who stands in today for a handler who is away.
const CLAIM = `
  SELECT c.id, c.number, c.brand_id, c.line_of_business AS "lineOfBusiness", c.jurisdiction, c.loss_date::text AS "lossDate", c.stage, c.sub_status AS "subStatus", c.stage_times AS times,
    c.next_step AS "nextStep", c.promised_by::text AS "promisedBy", c.policy_number AS "policyNumber", c.plate, c.flags, c.catastrophe, c.version,
    (SELECT s.value->>'claimPage' FROM settings s WHERE s.key = 'claim-core' ORDER BY s.version DESC LIMIT 1) AS claim_page,
    CASE WHEN c.handler_external_id IS NULL THEN NULL
      ELSE jsonb_build_object('id', c.handler_id, 'externalId', c.handler_external_id, 'name', coalesce(h.name, c.handler_name, c.handler_external_id)) END AS handler,
    (SELECT jsonb_build_object('id', d.id, 'name', d.name) FROM absences a JOIN accounts d ON d.id = a.delegate_id
      WHERE a.account_id = c.handler_id AND a.canceled_at IS NULL AND a.starts_at <= $2 AND a.ends_at > $2 ORDER BY a.starts_at DESC LIMIT 1) AS delegate,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.id, 'role', p.role, 'name', p.name, 'language', p.language,
        'contact', CASE WHEN k.id IS NULL THEN NULL ELSE jsonb_build_object('id', k.id, 'name', k.name) END,
        'representedBy', CASE WHEN r.id IS NULL THEN NULL ELSE jsonb_build_object('id', r.id, 'name', r.name, 'since', to_char(s.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'source', s.source,
          'letter', (SELECT jsonb_build_object('conversation', m.conversation_id, 'message', m.id) FROM messages m WHERE m.id::text = s.evidence->>'message')) END) ORDER BY p.id)
      FROM claim_parties p LEFT JOIN contacts k ON k.id = p.contact_id LEFT JOIN claim_parties r ON r.id = p.represented_by_id
      LEFT JOIN representations s ON s.party_id = p.id AND s.counsel_id = r.id AND s.ended_at IS NULL WHERE p.claim_id = c.id), '[]') AS parties,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', e.id, 'externalId', e.external_id, 'kind', e.kind, 'party', e.party_id, 'stage', e.stage, 'subStatus', e.sub_status) ORDER BY e.id)
      FROM exposures e WHERE e.claim_id = c.id), '[]') AS exposures
  FROM claims c LEFT JOIN accounts h ON h.id = c.handler_id WHERE c.number = $1`;
