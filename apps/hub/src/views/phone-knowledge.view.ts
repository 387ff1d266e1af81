import type { PhoneFacts } from '@claimline/assist';
import type { Clock, Queries, Transaction } from '@claimline/database';
import type { Language } from '@claimline/messages';
import { STAGE_LABELS } from '@claimline/notifications';
import { PhoneKnowledge } from '../flows/answer-call';
import { OfficeHours } from '../quality/office-hours';

type Asked = Parameters<PhoneKnowledge['facts']>[1];

/** What the phone menu may know: nothing about a claim without the number and the second factor of it. */
export class PhoneKnowledgeView extends PhoneKnowledge {
  constructor(private readonly hours: OfficeHours) {
    super();
  }

  async facts(tx: Transaction, call: Asked): Promise<PhoneFacts> {
    return {
      open: await this.hours.isOpen(tx, call.brandId, call.at),
      numbers: await this.phones(tx, call.conversationId),
      claim: await this.claim(tx, call),
    };
  }

  /** The phones to ring: of the conversation's claim handler, its assignee, then the co-handlers; only of people who are there. */
  private async phones(queries: Queries, conversationId: string): Promise<string[]> {
    const rows = await queries.query<{ phone: string }>({
      name: 'phone-numbers',
      text: `SELECT a.phone FROM conversations c LEFT JOIN claims cl ON cl.id = c.claim_id
             CROSS JOIN LATERAL unnest(ARRAY[cl.handler_id, c.assignee_id] || coalesce(cl.co_handler_ids, '{}')) WITH ORDINALITY AS who(id, n)
             JOIN accounts a ON a.id = who.id LEFT JOIN adjusters j ON j.account_id = a.id
             WHERE c.id = $1 AND a.active AND a.phone IS NOT NULL AND coalesce(j.presence, 'offline') IN ('online', 'busy')
             GROUP BY a.phone ORDER BY min(who.n) LIMIT 3`,
      values: [conversationId],
    });
    return rows.map((row) => row.phone);
  }

  private async claim(queries: Queries, { state, phase }: Asked): Promise<PhoneFacts['claim']> {
    if (state.at !== 'second-factor' || phase.is !== 'input' || !state.claimDigits || !phase.digits) return null;
    const [row] = await queries.query<{ stage: string; next_step: string | null }>({
      name: 'phone-claim',
      text: `SELECT stage, next_step FROM claims WHERE regexp_replace(number, '\\D', '', 'g') = $1 AND right(regexp_replace(coalesce(policy_number, ''), '\\D', '', 'g'), 4) = $2`,
      values: [state.claimDigits, phase.digits],
    });
    return row
      ? { stage: STAGE_LABELS[row.stage as keyof typeof STAGE_LABELS]?.[state.language as Language] ?? row.stage, next: row.next_step }
      : null;
  }
}

export type { Clock };
