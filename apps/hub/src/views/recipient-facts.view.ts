import type { Queries } from '@claimline/database';
import { RecipientFacts, type Recipient } from '@claimline/delivery';

type Known = Awaited<ReturnType<RecipientFacts['of']>>;
const NOTHING: Known = { represented: false, deceased: false, complaintOpen: false, unusable: null };

/** What claims and contacts know of somebody who is about to be written to. */
export class RecipientFactsView extends RecipientFacts {
  constructor(private readonly queries: Queries) {
    super();
  }

  async of({ addressId, conversationId, messageId }: Recipient): Promise<Known> {
    if (!addressId) return NOTHING;
    const [row] = await this.queries.query<Known>({
      name: 'recipient-facts',
      brief: true,
      text: FACTS,
      values: [addressId, conversationId, messageId ?? null],
    });
    return row ?? NOTHING;
  }

  async lastInboundAt({ addressId, conversationId, channel }: Recipient): Promise<Date | null> {
    const [row] = await this.queries.query<{ at: Date | null }>({
      name: 'recipient-last-inbound',
      brief: true,
      text: LAST_INBOUND,
      values: [addressId, conversationId, channel],
    });
    return row?.at ?? null;
  }
}

// While a complaint is open only people write. Owed all the same: news of the claim that nobody can mute (a payment, a decision, silence
// about it would be the next complaint), the confirmation of an opt-out, and a code that the customer has just asked for.
const COMPLAINT_OPEN = `
  EXISTS (SELECT FROM complaints x WHERE x.conversation_id = $2 AND x.state NOT IN ('closed', 'withdrawn', 'dismissed'))
  AND NOT EXISTS (SELECT FROM messages m LEFT JOIN notices n ON n.message_id = m.id
                  WHERE m.id = $3 AND (n.class = 'C' OR starts_with(m.client_id, 'consent:') OR starts_with(m.client_id, 'code:')))`;

// Holders of an address: those whom it was given for, and the one whom messages from there are taken to be from. An address that a living
// person shares is not a dead person's. Represented counts in the conversation's claim; without one, in any claim that is not closed. A
// representative's own address is theirs even when the represented party uses it too.
const FACTS = `
  WITH holders AS (
    SELECT k.id, k.deceased FROM contacts k JOIN contact_addresses h ON h.contact_id = k.id WHERE h.address_id = $1
    UNION SELECT k.id, k.deceased FROM contacts k JOIN addresses a ON a.contact_id = k.id WHERE a.id = $1 AND k.kind <> 'shared'
  ), parties AS (
    SELECT p.id, p.claim_id, p.represented_by_id FROM claim_parties p JOIN claims l ON l.id = p.claim_id JOIN conversations c ON c.id = $2
    WHERE p.contact_id IN (SELECT id FROM holders) AND (p.claim_id = c.claim_id OR (c.claim_id IS NULL AND l.stage <> 'closed'))
  )
  SELECT a.unusable, (${COMPLAINT_OPEN}) AS "complaintOpen",
    coalesce((SELECT bool_and(deceased) FROM holders), false) AS deceased,
    EXISTS (SELECT FROM parties p WHERE p.represented_by_id IS NOT NULL AND NOT EXISTS (SELECT FROM parties r WHERE r.id = p.represented_by_id)) AS represented
  FROM addresses a WHERE a.id = $1
`;

// The window is the customer's, not the conversation's: they may have written about another claim.
const LAST_INBOUND = `
  SELECT max(m.occurred_at) AS at
  FROM conversations c JOIN conversations other ON other.contact_id = c.contact_id JOIN messages m ON m.conversation_id = other.id
  WHERE c.id = $2 AND m.direction = 'inbound' AND m.channel = $3 AND m.from_address_id = $1
`;
