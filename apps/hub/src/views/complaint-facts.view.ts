import type { Queries, Transaction } from '@claimline/database';
import type { Language } from '@claimline/messages';
import type { ClockPlace } from '@claimline/quality';

/** Where a complaint belongs, for its clocks and its words. */
export interface ComplaintPlace {
  readonly place: ClockPlace & { readonly conversationId: string };
  /** Of the claim; null without one. */
  readonly region: string | null;
  readonly language: Language;
  /** Who looks after the conversation, else who handles the claim: the first to be asked whether they are meant. */
  readonly about: string | null;
}

/** What complaints have to know of other rooms: whose they are, who could take them. */
export class ComplaintFactsView {
  async placeOf(queries: Queries, conversationId: string): Promise<ComplaintPlace | undefined> {
    const [row] = await queries.query<{
      claim_id: string | null;
      brand_id: string;
      time_zone: string;
      region: string | null;
      language: Language;
      about: string | null;
    }>({
      name: 'complaint-place',
      text: `SELECT c.claim_id, c.brand_id, b.time_zone, cl.jurisdiction AS region, b.default_language AS language, coalesce(c.assignee_id, cl.handler_id) AS about
             FROM conversations c JOIN brands b ON b.id = c.brand_id LEFT JOIN claims cl ON cl.id = c.claim_id WHERE c.id = $1`,
      values: [conversationId],
    });
    if (!row) return undefined;
    const place = { conversationId, claimId: row.claim_id, brand: { id: row.brand_id, timeZone: row.time_zone } };
    return { place, region: row.region, language: row.language, about: row.about };
  }

  /** The one of that role with the fewest open complaints who works for the brand, sees the conversation and is not complained about; undefined: there is nobody. */
  async free(
    queries: Queries,
    role: 'complaints-officer' | 'supervisor',
    about: { readonly conversationId: string; readonly against: readonly string[] },
  ): Promise<string | undefined> {
    const [row] = await queries.query<{ id: string }>({
      name: 'complaint-free',
      text: `SELECT a.id FROM accounts a JOIN conversations c ON c.id = $2
             WHERE a.role = $1 AND a.active AND a.id <> ALL ($3::uuid[]) AND (cardinality(a.brand_ids) = 0 OR c.brand_id = ANY (a.brand_ids))
               AND (c.restricted_to IS NULL OR c.restricted_to = ANY (a.groups))
             ORDER BY (SELECT count(*) FROM complaints x WHERE x.officer_id = a.id AND x.ended_at IS NULL), a.created_at, a.id LIMIT 1`,
      values: [role, about.conversationId, about.against],
    });
    return row?.id;
  }

  /** Whether a message belongs to the conversation; the customer's own, or a call with them, where it is to prove that they agreed. */
  async isSaidThere(queries: Queries, conversationId: string, messageId: string, byCustomer: boolean): Promise<boolean> {
    const rows = await queries.query({
      name: 'complaint-said',
      text: `SELECT 1 FROM messages WHERE id = $2 AND conversation_id = $1 AND (NOT $3 OR direction = 'inbound' OR kind IN ('call', 'visit', 'letter'))`,
      values: [conversationId, messageId, byCustomer],
    });
    return rows.length > 0;
  }

  async holdsAttachment(queries: Queries, conversationId: string, attachmentId: string): Promise<boolean> {
    const rows = await queries.query({
      name: 'complaint-attachment',
      text: 'SELECT 1 FROM attachments a JOIN messages m ON m.id = a.message_id WHERE a.id = $2 AND m.conversation_id = $1',
      values: [conversationId, attachmentId],
    });
    return rows.length > 0;
  }

  /** A regulator is no customer: their mail is never placed by guess and gets no claim detail by itself. */
  async markOrganisation(tx: Transaction, contactId: string): Promise<void> {
    await tx.query({
      name: 'complaint-organisation',
      text: `UPDATE contacts SET kind = 'organisation' WHERE id = $1 AND kind = 'person'`,
      values: [contactId],
    });
  }

  /** Complaints of one cause in the month of a moment, as the brand counts days. */
  async ofCauseInMonth(queries: Queries, cause: string, month: { readonly from: Date; readonly to: Date }): Promise<number> {
    const [row] = await queries.query<{ n: number }>({
      name: 'complaints-of-cause',
      text: `SELECT count(*)::int AS n FROM complaints WHERE root_cause = $1 AND received_at >= $2 AND received_at < $3 AND state NOT IN ('draft', 'dismissed')`,
      values: [cause, month.from, month.to],
    });
    return row?.n ?? 0;
  }
}
