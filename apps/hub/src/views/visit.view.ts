import { visibleTo, visibleValues, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { Addressee } from '@claimline/notifications';

/** A counter of the house. */
export interface CounterPlace {
  readonly id: string;
  readonly name: string;
  readonly place: string;
}

/** A visit as it stands on the receipt that the customer takes along. */
export interface VisitFacts extends Addressee {
  readonly text: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly at: Date;
  readonly author: string;
  readonly claim: string | null;
  readonly brand: string;
  readonly timeZone: string;
  readonly language: string;
  /** The names of the papers that were handed over with it. */
  readonly papers: readonly string[];
}

/** Counters, and what was said at them. */
export class VisitView {
  constructor(private readonly queries: Queries) {}

  async counters(viewer: Viewer): Promise<CounterPlace[]> {
    return this.queries.query<CounterPlace>({
      name: 'counters',
      text: `SELECT id, name, coalesce(config->>'place', name) AS place FROM inboxes
             WHERE kind = 'in-person' AND state = 'active' AND (cardinality($1::uuid[]) = 0 OR brand_id = ANY ($1::uuid[])) ORDER BY created_at, id`,
      values: [viewer.brandIds],
    });
  }

  async receipt(viewer: Viewer, messageId: string): Promise<VisitFacts | undefined> {
    const [row] = await this.queries.query<VisitFacts>({
      name: 'visit-receipt',
      text: RECEIPT,
      values: [...visibleValues(viewer), messageId],
    });
    return row;
  }
}

// The papers of a visit are the entry beside it, of the same line and moment.
const RECEIPT = `
  SELECT m.text, m.facts, m.occurred_at AS at, a.name AS author, c.claim_number AS claim, b.name AS brand, b.time_zone AS "timeZone",
    coalesce(c.language, k.language, b.default_language) AS language, k.name, k.kind, k.salutation,
    ARRAY(SELECT t.name FROM messages p JOIN attachments t ON t.message_id = p.id
          WHERE p.conversation_id = m.conversation_id AND p.kind = 'letter' AND p.inbox_id = m.inbox_id AND p.occurred_at = m.occurred_at ORDER BY t.place, t.id) AS papers
  FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN contacts k ON k.id = c.contact_id JOIN brands b ON b.id = c.brand_id JOIN accounts a ON a.id = m.author_id
  WHERE m.id = $3 AND m.kind = 'visit' AND ${visibleTo('c', 1)}`;
