import type { PhoneFacts } from '@claimline/assist';
import { RESTRICTING_FLAGS } from '@claimline/claims';
import type { Queries, Transaction } from '@claimline/database';
import { languageOfText, type Language, type Stage } from '@claimline/messages';
import { STAGE_LABELS } from '@claimline/notifications';
import { PhoneKnowledge } from '../flows/answer-call';
import { OfficeHours } from '../quality/office-hours';

type Asked = Parameters<PhoneKnowledge['facts']>[1];

const DAY_MS = 24 * 3_600_000;
const MOST_GUESSES = 5;

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

  // The digits name exactly one claim of this brand, open to all of us, whose policy number ends like that; anything else is "no".
  private async claim(queries: Queries, { state, phase, brandId, at }: Asked): Promise<PhoneFacts['claim']> {
    if (state.at !== 'second-factor' || phase.is !== 'input' || !state.claimDigits || !phase.digits) return null;
    if (await this.isGuessed(queries, state.claimDigits, at)) return null;
    const rows = await queries.query<{ stage: Stage; next_step: string | null; knows: boolean }>({
      name: 'phone-claim',
      text: `SELECT stage, next_step, right(regexp_replace(coalesce(policy_number, ''), '\\D', '', 'g'), 4) = $2 AS knows
             FROM claims WHERE regexp_replace(number, '\\D', '', 'g') = $1 AND brand_id = $3 AND NOT flags && $4`,
      values: [state.claimDigits, phase.digits, brandId, RESTRICTING_FLAGS],
    });
    const [row, ...others] = rows;
    return row?.knows && others.length === 0 ? told(row, state.language) : null;
  }

  /** Whether somebody has been trying this claim's numbers: then nobody hears of it by phone until the day is over. */
  private async isGuessed(queries: Queries, claimDigits: string, at: Date): Promise<boolean> {
    const [row] = await queries.query<{ wrong: number }>({
      name: 'phone-guesses',
      text: `SELECT count(*)::int AS wrong FROM calls, jsonb_array_elements_text(state->'menu'->'wrong') AS digits WHERE started_at > $2 AND digits = $1`,
      values: [claimDigits, new Date(at.getTime() - DAY_MS)],
    });
    return row!.wrong >= MOST_GUESSES;
  }
}

/** The stage, and what comes next where that is said in the caller's language and names no number: sums are not for the phone. */
function told({ stage, next_step: next }: { stage: Stage; next_step: string | null }, language: Language): PhoneFacts['claim'] {
  const speakable = next !== null && !/\d/.test(next) && languageOfText(next) === language;
  return { stage: STAGE_LABELS[stage][language], next: speakable ? next : null };
}
