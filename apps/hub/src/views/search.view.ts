import { claimVisibleTo } from '@claimline/claims';
import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import { searchQuery } from '@claimline/messages';
import type { SearchAnswer } from '@claimline/protocol';
import { backInTime, foundIn, hitValues, newestSay, NOW_AND_LATER, type Found, type Stretch } from './back-in-time.view';
import { ConversationList } from './conversation-list.view';

const SNIPPET_BEFORE = 40;
const SNIPPET = 160;

/** One search over everything that can be asked for: claims, people, conversations, words. */
export class SearchView {
  constructor(
    private readonly queries: Queries,
    private readonly list: ConversationList,
  ) {}

  async find(viewer: Viewer, text: string, limit: number, now: Date): Promise<SearchAnswer> {
    const query = searchQuery(text);
    if (!query) return { claims: [], contacts: [], conversations: [], messages: [] };
    const [claims, contacts, conversations, messages] = await Promise.all([
      this.claims(viewer, query, limit),
      this.contacts(viewer, query, limit),
      this.list.search(viewer, { q: text, limit }, now),
      this.messages(viewer, query, limit),
    ]);
    return {
      claims,
      contacts,
      conversations: conversations.items,
      messages: messages.map((row) => ({ ...row, at: new Date(row.at).toISOString(), snippet: snippetOf(row.snippet, text) })),
    };
  }

  private claims(viewer: Viewer, query: string, limit: number): Promise<SearchAnswer['claims']> {
    return this.queries.query<SearchAnswer['claims'][number]>({
      name: 'search-claims',
      text: `WITH ${MATCHED_CLAIMS}
             SELECT c.number, c.stage, c.line_of_business AS line, coalesce((SELECT name FROM claim_parties p WHERE p.claim_id = c.id ORDER BY (p.role = 'policyholder') DESC, p.id LIMIT 1), '') AS who,
               coalesce(a.name, c.handler_name) AS handler, c.loss_date::text AS "lossDate", c.plate, c.policy_number AS "policyNumber"
             FROM claims c LEFT JOIN accounts a ON a.id = c.handler_id WHERE c.id IN (SELECT id FROM matched) AND ${claimVisibleTo('c', 1)} ORDER BY c.updated_at DESC LIMIT $4`,
      values: [...visibleValues(viewer), query, limit],
    });
  }

  private contacts(viewer: Viewer, query: string, limit: number): Promise<SearchAnswer['contacts']> {
    return this.queries.query<SearchAnswer['contacts'][number]>({
      name: 'search-contacts',
      text: `SELECT k.id, k.name, (SELECT value FROM addresses a WHERE a.contact_id = k.id ORDER BY seen_at DESC NULLS LAST LIMIT 1) AS address, (SELECT count(*)::int FROM claim_parties p JOIN claims c ON c.id = p.claim_id WHERE p.contact_id = k.id AND ${claimVisibleTo('c', 1)}) AS claims
             FROM (SELECT id, name FROM contacts WHERE words @@ $3::tsquery AND kind <> 'shared' LIMIT 2000) AS k ORDER BY k.name LIMIT $4`,
      values: [...visibleValues(viewer), query, limit],
    });
  }

  private async messages(viewer: Viewer, query: string, limit: number): Promise<MessageHit[]> {
    const look = async (stretch: Stretch, missing: number): Promise<Found<MessageHit>> => {
      const [found] = await this.queries.query<Found<MessageHit>>({
        name: `search-messages-${stretch.how}`,
        text: foundIn(stretch.how, SHOWN_HITS),
        values: [...hitValues(query, stretch), ...visibleValues(viewer), missing],
      });
      return found!;
    };
    const known = await newestSay(this.queries, query);
    return backInTime(this.queries, { known, need: limit, before: NOW_AND_LATER, isSaidOfFew: true }, look);
  }
}

const SHOWN_HITS = `
  SELECT m.id, c.id AS "conversationId", k.name AS contact, c.claim_number AS claim, m.text AS snippet, h.at
  FROM (SELECT * FROM hits WHERE (at, message_id) < ($3::timestamptz, $4::uuid) ORDER BY at DESC, message_id DESC) AS h
  JOIN conversations c ON c.id = h.conversation_id JOIN contacts k ON k.id = c.contact_id JOIN messages m ON m.id = h.message_id
  WHERE ${visibleTo('c', 6)} ORDER BY h.at DESC, h.message_id DESC LIMIT $8`;

interface MessageHit {
  readonly id: string;
  readonly conversationId: string;
  readonly contact: string;
  readonly claim: string | null;
  readonly snippet: string;
  readonly at: string;
}

// Words of very many claims (a common surname): those that changed last, read one by one, instead of gathering all of them.
const MATCHED_CLAIMS = `found AS MATERIALIZED (SELECT id FROM claims WHERE words @@ $3::tsquery LIMIT 2001), matched AS MATERIALIZED (
    SELECT id FROM found WHERE (SELECT count(*) FROM found) <= 2000
    UNION ALL SELECT id FROM (SELECT id, words FROM claims ORDER BY updated_at DESC, id DESC LIMIT 5000) AS newest WHERE (SELECT count(*) FROM found) > 2000 AND words @@ $3::tsquery)`;

/** The words around the first hit. */
export function snippetOf(text: string, asked: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const at = line.toLowerCase().indexOf(asked.trim().toLowerCase().split(/\s+/)[0] ?? '');
  const from = Math.max(0, at - SNIPPET_BEFORE);
  return `${from > 0 ? '…' : ''}${line.slice(from, from + SNIPPET)}${line.length > from + SNIPPET ? '…' : ''}`;
}
