import { RESTRICTING_FLAGS, stageLine } from '@claimline/claims';
import type { Queries } from '@claimline/database';
import type { Language, Stage } from '@claimline/messages';
import { salutation, STAGE_LABELS, type Addressee } from '@claimline/notifications';
import type { PortalHome } from '@claimline/protocol';

interface ClaimRow {
  readonly number: string;
  readonly line: string;
  readonly stage: Stage;
  readonly times: Record<string, string>;
  readonly nextStep: string | null;
  readonly promisedBy: string | null;
  readonly handler: string | null;
  readonly lossDate: string | null;
}

const MOST_CLAIMS = 20;
const MOST_MESSAGES = 10;

/** What a customer sees of their own matters once they have shown who they are. Amounts, reasons and what is under investigation are not for here. */
export class PortalHomeView {
  constructor(private readonly queries: Queries) {}

  /** Undefined: the contact is gone. */
  async of(contactId: string, language: Language): Promise<Omit<PortalHome, 'brand'> | undefined> {
    const [person] = await this.queries.query<{ name: string; kind: Addressee['kind']; salutation: string | null }>({
      name: 'portal-person',
      text: 'SELECT name, kind, salutation FROM contacts WHERE id = $1',
      values: [contactId],
    });
    if (!person) return undefined;
    const claims = await this.queries.query<ClaimRow>({
      name: 'portal-claims',
      text: CLAIMS,
      values: [contactId, RESTRICTING_FLAGS, MOST_CLAIMS],
    });
    const messages = await this.queries.query<{ id: string; fromUs: boolean; text: string; at: Date; claim: string | null }>({
      name: 'portal-messages',
      text: MESSAGES,
      values: [contactId, MOST_MESSAGES],
    });
    return {
      salutation: salutation(person, language),
      claims: claims.map((claim) => describe(claim, language)),
      messages: messages.map((message) => ({ ...message, at: message.at.toISOString() })),
    };
  }
}

const labelOf = (stage: Stage, language: Language): string => STAGE_LABELS[stage][language];

function describe({ times, ...claim }: ClaimRow, language: Language): PortalHome['claims'][number] {
  const steps = stageLine(claim.stage, times).map((step) => ({ ...step, label: labelOf(step.stage, language) }));
  return { ...claim, stageLabel: labelOf(claim.stage, language), steps };
}

// A party that somebody represents hears through them; a claim that is walled shows to nobody outside its group.
const CLAIMS = `
  SELECT DISTINCT ON (c.updated_at, c.id) c.number, c.line_of_business AS line, c.stage, c.stage_times AS times, c.next_step AS "nextStep", c.promised_by::text AS "promisedBy",
    coalesce(h.name, c.handler_name) AS handler, c.loss_date::text AS "lossDate"
  FROM claim_parties p JOIN claims c ON c.id = p.claim_id LEFT JOIN accounts h ON h.id = c.handler_id
  WHERE p.contact_id = $1 AND p.represented_by_id IS NULL AND NOT c.flags && $2::text[]
  ORDER BY c.updated_at DESC, c.id LIMIT $3`;

const MESSAGES = `
  SELECT m.id, m.direction = 'outbound' AS "fromUs", m.text, m.occurred_at AS at, v.claim_number AS claim
  FROM conversations v JOIN messages m ON m.conversation_id = v.id
  WHERE v.contact_id = $1 AND v.restricted_to IS NULL AND coalesce(to_jsonb(v)->>'kind', 'ordinary') = 'ordinary' AND m.direction <> 'internal' AND m.kind IN ('text', 'notice')
    AND NOT EXISTS (SELECT FROM sealed_words w WHERE w.message_id = m.id AND w.kind = 'secret')
  ORDER BY m.occurred_at DESC, m.id DESC LIMIT $2`;
