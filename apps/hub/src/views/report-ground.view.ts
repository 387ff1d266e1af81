import type { ConversationRow } from '@claimline/conversations';
import type { Queries } from '@claimline/database';

/** What a conversation already tells for a report. */
export interface ReportGround {
  readonly contactName: string | null;
  readonly language: string | null;
  readonly phones: readonly string[];
  readonly email: string | null;
  readonly wechat: string | null;
  /** Where the customer lives by the clock: their own zone, else the brand's. */
  readonly timeZone: string;
  /** Their own words, oldest first, the transcripts of their voice among them. */
  readonly said: readonly { readonly text: string; readonly at: Date }[];
  readonly evidence: readonly string[];
}

const MOST_MESSAGES = 20;

/** Gathers what a report is prefilled with: sender, language, addresses, words and files. */
export class ReportGroundView {
  async of(queries: Queries, conversation: ConversationRow): Promise<ReportGround> {
    const [contact] = await queries.query<{ name: string; named: boolean; language: string | null; zone: string }>({
      name: 'report-ground-contact',
      text: `SELECT k.name, k.kind = 'person' AND NOT EXISTS (SELECT FROM addresses a WHERE a.contact_id = k.id AND a.value = k.name) AS named,
               coalesce($3, k.language) AS language, coalesce(k.time_zone, b.time_zone) AS zone FROM contacts k, brands b WHERE k.id = $1 AND b.id = $2`,
      values: [conversation.contact_id, conversation.brand_id, conversation.language],
    });
    const addresses = await queries.query<{ scheme: string; value: string }>({
      name: 'report-ground-addresses',
      text: `SELECT DISTINCT a.scheme, a.value FROM addresses a LEFT JOIN contact_addresses h ON h.address_id = a.id
             WHERE a.contact_id = $1 OR h.contact_id = $1 OR a.id = $2 ORDER BY a.scheme, a.value`,
      values: [conversation.contact_id, conversation.address_id],
    });
    const said = await queries.query<{ text: string; at: Date }>({
      name: 'report-ground-said',
      text: `SELECT text, at FROM (SELECT m.text || coalesce(' ' || (SELECT string_agg(a.transcript, ' ') FROM attachments a WHERE a.message_id = m.id AND position(a.transcript in m.text) = 0), '') AS text,
               m.occurred_at AS at, m.id FROM messages m WHERE m.conversation_id = $1 AND m.direction = 'inbound' ORDER BY m.occurred_at DESC, m.id DESC LIMIT ${MOST_MESSAGES}) newest ORDER BY at, id`,
      values: [conversation.id],
    });
    const files = await queries.query<{ id: string }>({
      name: 'report-ground-files',
      text: `SELECT a.id FROM attachments a JOIN messages m ON m.id = a.message_id WHERE m.conversation_id = $1 AND m.direction = 'inbound' ORDER BY m.occurred_at, a.place, a.id LIMIT 100`,
      values: [conversation.id],
    });
    const first = (scheme: string): string | null => addresses.find((one) => one.scheme === scheme)?.value ?? null;
    return {
      contactName: contact?.named ? contact.name : null,
      language: contact?.language ?? null,
      phones: addresses.filter(({ scheme }) => scheme === 'tel').map(({ value }) => value),
      email: first('email'),
      wechat: first('wechat'),
      timeZone: contact?.zone ?? 'UTC',
      said,
      evidence: files.map(({ id }) => id),
    };
  }
}
