import { Threads } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import { spokenLanguage, type Address, type Language } from '@claimline/messages';
import { MessageContent, type OutboundContent, type OutgoingFile } from '../delivery/message-content';
import { replyToken } from '../flows/receive-message';

interface Row {
  readonly id: string;
  readonly message_id: string;
  readonly conversation_id: string;
  readonly text: string;
  readonly subject: string | null;
  readonly cc_values: string[];
  readonly copies: string[];
  readonly has_original: boolean;
  readonly has_secret: boolean;
  readonly conversation_subject: string | null;
  readonly claim_number: string | null;
  readonly language: string | null;
  readonly brand: string;
  readonly brand_language: Language;
  readonly author_phone: string | null;
  readonly address_id: string | null;
  readonly scheme: Address['scheme'] | null;
  readonly scope: string | null;
  readonly value: string | null;
  readonly address_name: string | null;
  readonly files: readonly OutgoingFile[];
  readonly references: readonly string[];
}

/** Reads what a channel needs of messages, conversations, brands and addresses to let a delivery leave. */
export class OutboundContentView extends MessageContent {
  constructor(
    private readonly queries: Queries,
    private readonly threads: Threads,
  ) {
    super();
  }

  async load(deliveryIds: readonly string[]): Promise<ReadonlyMap<string, OutboundContent>> {
    // One by one, and crossing together: of a list PostgreSQL cannot know how long it is, and would plan these many tables anew each time.
    const rows = await Promise.all(deliveryIds.map((id) => this.read(id)));
    const contents = await Promise.all(rows.flat().map((row) => this.describe(row)));
    return new Map(contents.map((content) => [content.deliveryId, content]));
  }

  private read(deliveryId: string): Promise<Row[]> {
    return this.queries.query<Row>({ name: 'outbound-content', brief: true, text: CONTENT, values: [deliveryId] });
  }

  private async describe(row: Row): Promise<OutboundContent> {
    return {
      deliveryId: row.id,
      address: row.scheme
        ? { scheme: row.scheme, scope: row.scope ?? '', value: row.value!, ...(row.address_name && { name: row.address_name }) }
        : undefined,
      addressId: row.address_id,
      cc: row.cc_values,
      copies: row.copies,
      text: row.has_secret ? ((await this.threads.sealedWords(this.queries, row.message_id, 'secret')) ?? row.text) : row.text,
      html: row.has_original ? await this.threads.original(this.queries, row.message_id) : undefined,
      subject: subjectOf(row),
      language: spokenLanguage(row.language, row.brand_language),
      files: row.files,
      replyToken: replyToken(row.conversation_id),
      references: row.references,
      bridgeFirst: row.author_phone ?? undefined,
    };
  }
}

/** The subject that was typed, else an answer to the customer's, else who writes and about which claim. */
function subjectOf({ subject, conversation_subject: asked, claim_number: claim, brand }: Row): string {
  if (subject) return subject;
  if (asked) return /^(re|aw|回复|答复)\s*[:：]/i.test(asked) ? asked : `Re: ${asked}`;
  return claim ? `${brand} · ${claim}` : brand;
}

const FILES = `
  SELECT coalesce(jsonb_agg(jsonb_build_object('attachmentId', f.id, 'fileId', f.file_id, 'name', f.name, 'contentType', f.content_type, 'size', coalesce(f.size, 0), 'state', f.state)
    ORDER BY f.place, f.id), '[]')
  FROM attachments f WHERE f.message_id = m.id`;

// Ids of the mails that it answers: the newest of its thread, oldest first.
const REFERENCES = `
  SELECT recent.reference FROM (
    SELECT r.reference, t.occurred_at, t.id FROM message_references r JOIN messages t ON t.id = r.message_id
    WHERE t.conversation_id = m.conversation_id ORDER BY t.occurred_at DESC, t.id DESC LIMIT 10) AS recent
  ORDER BY recent.occurred_at, recent.id`;

// An address that a person typed may be known all the same: then what is known of it counts.
const CONTENT = `
  SELECT d.id, d.message_id, m.conversation_id, m.text, m.subject, m.cc_values, m.has_original, EXISTS (SELECT FROM sealed_words w WHERE w.message_id = m.id AND w.kind = 'secret') AS has_secret, c.subject AS conversation_subject, c.claim_number,
    coalesce(p.language, k.language, c.language) AS language, b.name AS brand, b.default_language AS brand_language, CASE WHEN m.kind = 'call' THEN author.phone END AS author_phone,
    a.id AS address_id, a.scheme, a.scope, a.value, a.name AS address_name,
    ARRAY(SELECT copy.id FROM addresses copy WHERE copy.scheme = 'email' AND copy.value IN (SELECT lower(cc) FROM unnest(m.cc_values) AS cc)) AS copies,
    (${FILES}) AS files, ARRAY(${REFERENCES}) AS references
  FROM deliveries d
    JOIN messages m ON m.id = d.message_id
    JOIN conversations c ON c.id = d.conversation_id
    JOIN contacts k ON k.id = c.contact_id
    JOIN brands b ON b.id = c.brand_id
    LEFT JOIN claim_parties p ON p.id = c.party_id
    LEFT JOIN accounts author ON author.id = m.author_id
    LEFT JOIN addresses a ON a.id = coalesce(d.address_id, (SELECT typed.id FROM addresses typed WHERE typed.value = lower(d.to_value) AND typed.scheme IN ('email', 'tel') LIMIT 1))
  WHERE d.id = $1
`;
