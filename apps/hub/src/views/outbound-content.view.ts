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
}

interface FileRow extends OutgoingFile {
  readonly messageId: string;
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
    const rows = await this.queries.query<Row>({ name: 'outbound-content', text: CONTENT, values: [deliveryIds] });
    const files = await this.queries.query<FileRow>({
      name: 'outbound-files',
      text: FILES,
      values: [[...new Set(rows.map((row) => row.message_id))]],
    });
    const contents = await Promise.all(
      rows.map((row) =>
        this.describe(
          row,
          files.filter((file) => file.messageId === row.message_id),
        ),
      ),
    );
    return new Map(contents.map((content) => [content.deliveryId, content]));
  }

  private async describe(row: Row, files: readonly FileRow[]): Promise<OutboundContent> {
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
      files,
      replyToken: replyToken(row.conversation_id),
      references: await this.threads.referencesFor(this.queries, row.conversation_id),
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

// An address that a person typed may be known all the same: then what is known of it counts.
const CONTENT = `
  SELECT d.id, d.message_id, m.conversation_id, m.text, m.subject, m.cc_values, m.has_original, EXISTS (SELECT FROM sealed_words w WHERE w.message_id = m.id AND w.kind = 'secret') AS has_secret, c.subject AS conversation_subject, c.claim_number,
    coalesce(p.language, k.language, c.language) AS language, b.name AS brand, b.default_language AS brand_language, CASE WHEN m.kind = 'call' THEN author.phone END AS author_phone,
    a.id AS address_id, a.scheme, a.scope, a.value, a.name AS address_name,
    ARRAY(SELECT copy.id FROM addresses copy WHERE copy.scheme = 'email' AND copy.value IN (SELECT lower(cc) FROM unnest(m.cc_values) AS cc)) AS copies
  FROM deliveries d
    JOIN messages m ON m.id = d.message_id
    JOIN conversations c ON c.id = d.conversation_id
    JOIN contacts k ON k.id = c.contact_id
    JOIN brands b ON b.id = c.brand_id
    LEFT JOIN claim_parties p ON p.id = c.party_id
    LEFT JOIN accounts author ON author.id = m.author_id
    LEFT JOIN addresses a ON a.id = coalesce(d.address_id, (SELECT typed.id FROM addresses typed WHERE typed.value = lower(d.to_value) AND typed.scheme IN ('email', 'tel') LIMIT 1))
  WHERE d.id = ANY ($1::uuid[])
`;

const FILES = `
  SELECT message_id AS "messageId", id AS "attachmentId", file_id AS "fileId", name, content_type AS "contentType", coalesce(size, 0)::int AS size, state
  FROM attachments WHERE message_id = ANY ($1::uuid[]) ORDER BY message_id, place, id
`;
