import { CHANNEL_KINDS } from '@claimline/channels';
import type { Queries } from '@claimline/database';
import type { LineOfBusiness } from '@claimline/messages';
import { isReceipt, type Answer, type ClockOccasion, type ClockPlace } from '@claimline/quality';
import { workOf } from '@claimline/routing';
import { ClaimNewsView } from './claim-news.view';

interface Row {
  readonly channel: string;
  readonly labels: string[];
  readonly awaiting_reply: boolean;
  readonly claim_id: string | null;
  readonly region: string | null;
  readonly line: LineOfBusiness | null;
  readonly brand_id: string;
  readonly time_zone: string;
  readonly answered_before: boolean;
  readonly last_inbound_at: Date | null;
}

/** A conversation as clocks see it. */
export interface ClockFacts {
  readonly place: ClockPlace & { readonly conversationId: string };
  readonly occasion: Omit<ClockOccasion, 'at'>;
  readonly lastInboundAt: Date | null;
}

const FACTS = `
  SELECT c.channel, c.labels, c.awaiting_reply, c.claim_id, cl.jurisdiction AS region, cl.line_of_business AS line, c.brand_id, b.time_zone, c.last_inbound_at,
         EXISTS (SELECT 1 FROM messages m LEFT JOIN calls ON calls.message_id = m.id WHERE m.conversation_id = c.id AND m.direction = 'outbound'
                 AND m.author_id IS NOT NULL AND (m.kind <> 'call' OR calls.outcome = 'answered')) AS answered_before
  FROM conversations c JOIN brands b ON b.id = c.brand_id LEFT JOIN claims cl ON cl.id = c.claim_id
  WHERE c.id = $1`;

const NEW_LOSS = 'new-loss';

/** What clocks have to know of a conversation and of its messages. */
export class ClockFactsView {
  private readonly news = new ClaimNewsView();

  async of(queries: Queries, conversationId: string): Promise<ClockFacts | undefined> {
    const [row] = await queries.query<Row>({ name: 'clock-facts', text: FACTS, values: [conversationId] });
    if (!row) return undefined;
    const work = workOf(CHANNEL_KINDS.find(({ kind }) => kind === row.channel)?.capabilities);
    return {
      place: { conversationId, claimId: row.claim_id, brand: { id: row.brand_id, timeZone: row.time_zone } },
      occasion: {
        work: work === 'chat' || work === 'email' ? work : 'async',
        waits: row.awaiting_reply && !row.labels.includes('automatic'),
        answeredBefore: row.answered_before,
        statesLoss: row.labels.includes(NEW_LOSS),
        region: row.region,
        line: row.line,
      },
      lastInboundAt: row.last_inbound_at,
    };
  }

  /** What a message of ours says to clocks. */
  async answer(queries: Queries, messageId: string, at: Date): Promise<Answer> {
    const [row] = await queries.query<{ kind: string; author_id: string | null; code: string | null }>({
      name: 'clock-answer',
      text: 'SELECT kind, author_id, (SELECT code FROM notices WHERE message_id = messages.id LIMIT 1) AS code FROM messages WHERE id = $1',
      values: [messageId],
    });
    const isSpoken = row?.kind === 'call' || row?.kind === 'visit';
    return {
      at,
      messageId,
      by: row?.author_id ? 'person' : 'machine',
      written: !isSpoken,
      noted: false,
      acknowledges: isReceipt(row?.code ?? null),
    };
  }

  /** Words that were spoken to the customer and of which a note is now in the file; undefined when nothing was spoken. */
  async spoken(queries: Queries, conversationId: string): Promise<Answer | undefined> {
    const [row] = await queries.query<{ id: string; occurred_at: Date }>({
      name: 'clock-spoken',
      text: `SELECT messages.id, messages.occurred_at FROM messages LEFT JOIN calls ON calls.message_id = messages.id
             WHERE messages.conversation_id = $1 AND ((messages.kind = 'visit' AND messages.author_id IS NOT NULL) OR (messages.kind = 'call' AND calls.outcome = 'answered'))
             ORDER BY messages.occurred_at DESC LIMIT 1`,
      values: [conversationId],
    });
    return row && { at: row.occurred_at, messageId: row.id, by: 'person', written: false, noted: true, acknowledges: false };
  }

  /** A claim that was reported without a conversation of ours: where its own clock belongs. */
  async ofClaim(queries: Queries, claimNumber: string): Promise<{ place: ClockPlace; occasion: Omit<ClockOccasion, 'at'> } | undefined> {
    const claim = await this.news.of(queries, claimNumber);
    if (!claim || claim.isClocked) return undefined;
    const { id: claimId, brand, jurisdiction: region, line } = claim;
    return {
      place: { conversationId: null, claimId, brand },
      occasion: { work: 'async', waits: false, answeredBefore: false, statesLoss: true, region, line },
    };
  }
}
