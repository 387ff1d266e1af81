import type { Queries } from '@claimline/database';

/** Whom to ask about a claim, where they were last spoken with, and what speaks against it. */
export interface SurveyGround {
  readonly contactId: string | null;
  /** Where they last spoke about the claim, else about anything; a notice of ours comes after that. */
  readonly conversationId: string | null;
  readonly brandId: string;
  readonly handlerId: string | null;
  readonly deceased: boolean;
  readonly represented: boolean;
  readonly litigation: boolean;
  readonly openComplaint: boolean;
  readonly waitsForUs: boolean;
  readonly lastInvitedAt: Date | null;
  readonly lastInboundAt: Date | null;
}

// The policyholder is asked, nobody in their place: what a lawyer or an heir thinks of us is another question.
const GROUND = `
  SELECT cl.brand_id AS "brandId", cl.handler_id AS "handlerId", own.contact_id AS "contactId", talk.id AS "conversationId", coalesce(own.deceased, false) AS deceased,
    'litigation' = ANY (cl.flags) AS litigation,
    coalesce(own.represented_by_id IS NOT NULL OR EXISTS (SELECT FROM representations x WHERE x.party_id = own.party_id AND x.ended_at IS NULL), false) AS represented,
    EXISTS (SELECT FROM complaints x WHERE x.state NOT IN ('closed', 'withdrawn', 'dismissed') AND (x.contact_id = own.contact_id OR x.claim_id = cl.id)) AS "openComplaint",
    EXISTS (SELECT FROM conversations c WHERE c.contact_id = own.contact_id AND c.awaiting_reply AND c.status <> 'resolved') AS "waitsForUs",
    (SELECT max(i.invited_at) FROM survey_invitations i WHERE i.contact_id = own.contact_id AND i.claim_id <> cl.id) AS "lastInvitedAt",
    (SELECT max(c.last_inbound_at) FROM conversations c WHERE c.contact_id = own.contact_id AND c.channel = talk.channel) AS "lastInboundAt"
  FROM claims cl
  LEFT JOIN LATERAL (
    SELECT p.id AS party_id, p.contact_id, p.represented_by_id, k.deceased FROM claim_parties p JOIN contacts k ON k.id = p.contact_id
    WHERE p.claim_id = cl.id AND p.role IN ('policyholder', 'insured', 'reporter') ORDER BY (p.role = 'policyholder') DESC, p.id LIMIT 1
  ) AS own ON true
  LEFT JOIN LATERAL (
    SELECT c.id, c.channel FROM conversations c WHERE c.contact_id = own.contact_id AND c.kind = 'ordinary'
    ORDER BY (c.claim_id = cl.id) DESC NULLS LAST, c.last_inbound_at DESC NULLS LAST, c.last_message_at DESC LIMIT 1
  ) AS talk ON true
  WHERE cl.id = $1`;

/** What is known of the one who would be asked about a claim. */
export class SurveyFactsView {
  async of(queries: Queries, claimId: string): Promise<SurveyGround | undefined> {
    const [row] = await queries.query<SurveyGround>({ name: 'survey-ground', text: GROUND, values: [claimId] });
    return row;
  }
}
