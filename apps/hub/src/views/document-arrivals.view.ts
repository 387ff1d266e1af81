import type { Queries } from '@claimline/database';

/** A stored file of an inbound message, with the claim of its conversation and who sent it. */
export interface DocumentArrival {
  readonly attachmentId: string;
  readonly sha256: Buffer;
  readonly contentType: string;
  readonly name: string;
  readonly text: string;
  readonly channel: string;
  readonly sender: string | null;
  readonly contactId: string;
  readonly contactKind: string;
  readonly claimId: string;
  readonly claimNumber: string;
  readonly partyId: string | null;
  readonly receivedAt: Date;
  readonly facts: Readonly<Record<string, unknown>> | null;
}

// A small picture inside a mail is a signature's logo. What our own counsel sends is on no list that all readers of the claim see.
const FILES = `
  SELECT a.id AS "attachmentId", f.sha256, f.content_type AS "contentType", a.name, concat_ws(' ', m.subject, m.text) AS text, coalesce(m.channel, 'unknown') AS channel, m.from_value AS sender,
    c.contact_id AS "contactId", k.kind AS "contactKind", c.claim_id AS "claimId", c.claim_number AS "claimNumber", c.party_id AS "partyId", m.received_at AS "receivedAt", m.facts
  FROM attachments a JOIN files f ON f.id = a.file_id JOIN messages m ON m.id = a.message_id JOIN conversations c ON c.id = m.conversation_id JOIN contacts k ON k.id = c.contact_id
  WHERE a.state = 'stored' AND m.direction = 'inbound' AND c.claim_id IS NOT NULL AND c.privileged_to IS NULL AND NOT c.to_file AND NOT (a.content_id IS NOT NULL AND f.size < 10240)
    AND NOT EXISTS (SELECT FROM document_files d WHERE d.attachment_id = a.id)`;

/** Files that nobody has matched to a checklist yet. */
export class DocumentArrivals {
  ofMessage(queries: Queries, messageId: string): Promise<DocumentArrival[]> {
    return queries.query<DocumentArrival>({
      name: 'document-arrivals-message',
      text: `${FILES} AND m.id = $1 ORDER BY a.place, a.id`,
      values: [messageId],
    });
  }

  ofConversation(queries: Queries, conversationId: string): Promise<DocumentArrival[]> {
    return queries.query<DocumentArrival>({
      name: 'document-arrivals-conversation',
      text: `${FILES} AND m.conversation_id = $1 ORDER BY m.occurred_at, a.place, a.id LIMIT 200`,
      values: [conversationId],
    });
  }

  /** The parties of a claim for which a contact may deliver: their own, and whom they represent. */
  async partiesOf(queries: Queries, claimId: string, contactId: string): Promise<string[]> {
    const rows = await queries.query<{ id: string }>({
      name: 'document-parties-of',
      text: `SELECT p.id FROM claim_parties p LEFT JOIN claim_parties r ON r.id = p.represented_by_id WHERE p.claim_id = $1 AND (p.contact_id = $2 OR r.contact_id = $2)`,
      values: [claimId, contactId],
    });
    return rows.map(({ id }) => id);
  }
}
