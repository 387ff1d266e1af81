import type { Queries } from '@claimline/database';
import type { Addressee } from '@claimline/notifications';

/** Whom a letter speaks to, for whom, and about which claim. */
export interface LetterFacts extends Addressee {
  readonly conversationId: string;
  readonly brand: string;
  readonly timeZone: string;
  readonly claim: string | null;
}

/** What a letter has to know of the message that it carries. */
export class LetterFactsView {
  async of(queries: Queries, messageId: string): Promise<LetterFacts | undefined> {
    const [row] = await queries.query<LetterFacts>({
      name: 'letter-facts',
      text: `SELECT c.id AS "conversationId", b.name AS brand, b.time_zone AS "timeZone", c.claim_number AS claim, k.name, k.kind, k.salutation
             FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN contacts k ON k.id = c.contact_id JOIN brands b ON b.id = c.brand_id WHERE m.id = $1`,
      values: [messageId],
    });
    return row;
  }
}
