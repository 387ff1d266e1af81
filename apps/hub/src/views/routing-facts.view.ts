import { CHANNEL_KINDS } from '@claimline/channels';
import type { Queries } from '@claimline/database';
import { LINES_OF_BUSINESS } from '@claimline/messages';
import { DEFAULT_ROUTING_POLICY, workOf, type Needs, type Returns, type RoutingFacts } from '@claimline/routing';
import { ClaimNewsView } from './claim-news.view';

interface Row {
  readonly status: RoutingFacts['status'];
  readonly to_file: boolean;
  readonly awaiting_reply: boolean;
  readonly labels: string[];
  readonly brand_id: string;
  readonly channel: string;
  readonly language: string;
  readonly line: string | null;
  readonly jurisdiction: string | null;
  readonly claim_number: string | null;
  readonly restricted_to: string | null;
  readonly recused: string[] | null;
  readonly offer: Needs['authority'];
  readonly handler_id: string | null;
  readonly co_handler_ids: string[] | null;
  readonly assignee_id: string | null;
  readonly addressed_to: string | null;
  readonly waiting_since: Date;
  readonly next_due_at: Date | null;
  readonly breaching: boolean;
  readonly declined: string[] | null;
  readonly stands_in_for: string | null;
  readonly returns: Returns | null;
  readonly stand_in: Needs['standIn'];
  readonly last_id: string | null;
  readonly last_at: Date | null;
  readonly last_returns: Returns | null;
}

// `recent` looks at conversations of the last three days only, and not for organisations: a fax gateway has thousands.
const FACTS = `
  SELECT c.status, c.to_file, c.awaiting_reply, c.labels || k.labels AS labels, c.brand_id, c.channel,
         coalesce(c.language, p.language, k.language, b.default_language) AS language,
         cl.line_of_business AS line, cl.jurisdiction, c.claim_number, c.restricted_to, cl.facts->'recused' AS recused,
         CASE WHEN cl.stage = 'settlement' THEN cl.facts->'offer' END AS offer,
         cl.handler_id, cl.co_handler_ids, c.assignee_id, coalesce(c.last_inbound_at, c.opened_at) AS waiting_since, c.next_due_at,
         EXISTS (SELECT 1 FROM clocks WHERE clocks.conversation_id = c.id AND clocks.ended_at IS NULL AND clocks.warned) AS breaching,
         item.needs->'declined' AS declined,
         coalesce(item.stands_in_for, before.stands_in_for) AS stands_in_for, coalesce(item.returns, before.returns) AS returns, item.needs->'standIn' AS stand_in,
         recent.account_id AS last_id, recent.done_at AS last_at, recent.returns AS last_returns,
         named.account_id AS addressed_to
  FROM conversations c
  JOIN contacts k ON k.id = c.contact_id
  JOIN brands b ON b.id = c.brand_id
  LEFT JOIN claims cl ON cl.id = c.claim_id
  LEFT JOIN claim_parties p ON p.id = c.party_id
  LEFT JOIN work_items item ON item.conversation_id = c.id AND item.state <> 'done'
  LEFT JOIN LATERAL (
    SELECT stands_in_for, returns FROM work_items WHERE conversation_id = c.id AND state = 'done' AND account_id = c.assignee_id ORDER BY done_at DESC LIMIT 1
  ) AS before ON true
  LEFT JOIN LATERAL (
    SELECT w.account_id, w.done_at, w.returns FROM conversations o JOIN work_items w ON w.conversation_id = o.id AND w.state = 'done'
    WHERE o.contact_id = c.contact_id AND k.kind = 'person' AND o.last_message_at > $2 AND w.account_id IS NOT NULL ORDER BY w.done_at DESC LIMIT 1
  ) AS recent ON true
  LEFT JOIN LATERAL (
    SELECT a.account_id FROM (SELECT cc_values FROM messages WHERE conversation_id = c.id AND direction = 'inbound' AND c.channel = 'email' ORDER BY seq DESC LIMIT 1) AS mail
    JOIN mail_aliases a ON a.address = ANY (mail.cc_values) ORDER BY array_position(mail.cc_values, a.address) LIMIT 1
  ) AS named ON true
  WHERE c.id = $1`;

/** What the router has to know of a conversation, gathered from conversations, claims, clocks and earlier work. */
export class RoutingFactsView {
  private readonly news = new ClaimNewsView();

  async of(queries: Queries, conversationId: string, now: Date): Promise<RoutingFacts | undefined> {
    const since = new Date(now.getTime() - DEFAULT_ROUTING_POLICY.lastHandlerHours * 3_600_000);
    const [row] = await queries.query<Row>({ name: 'routing-facts', text: FACTS, values: [conversationId, since] });
    return row && toFacts(conversationId, row);
  }

  /** The conversations of a claim that are not closed. */
  async ofClaim(queries: Queries, claimNumber: string): Promise<readonly string[]> {
    return (await this.news.of(queries, claimNumber))?.conversationIds ?? [];
  }
}

function toFacts(conversationId: string, row: Row): RoutingFacts {
  return {
    conversationId,
    work: workOf(CHANNEL_KINDS.find(({ kind }) => kind === row.channel)?.capabilities),
    needs: toNeeds(row),
    status: row.status,
    toFile: row.to_file,
    awaitingReply: row.awaiting_reply,
    labels: row.breaching ? [...row.labels, 'breaching'] : row.labels,
    waitingSince: row.waiting_since,
    dueAt: row.next_due_at,
  };
}

function toNeeds(row: Row): Needs {
  const standIn = row.stands_in_for && row.returns ? { for: row.stands_in_for, returns: row.returns } : row.stand_in;
  return {
    brandId: row.brand_id,
    channel: row.channel,
    language: row.language,
    line: row.line ?? LINES_OF_BUSINESS.find((line) => row.labels.includes(line)) ?? null,
    jurisdiction: row.jurisdiction,
    claimNumber: row.claim_number,
    restrictedTo: row.restricted_to,
    recused: row.recused ?? [],
    declined: row.declined ?? [],
    authority: row.offer,
    ownerId: row.handler_id,
    coHandlerIds: row.co_handler_ids ?? [],
    addressedTo: row.addressed_to,
    assigneeId: row.assignee_id,
    standIn,
    lastHandler: row.last_id && row.last_at ? { id: row.last_id, at: row.last_at.toISOString(), returns: row.last_returns } : null,
    labels: row.labels,
  };
}
