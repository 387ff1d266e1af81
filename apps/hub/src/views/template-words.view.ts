import type { Queries } from '@claimline/database';
import { spokenLanguage, type Language, type PrivacyClass } from '@claimline/messages';
import { wordsOf, type WordSource, type Words } from '@claimline/notifications';

type Row = Pick<WordSource, 'brand' | 'person' | 'claim'> & {
  readonly stage: string | null;
  readonly stage_since: string | null;
  readonly language: string | null;
};

/** What a text of ours may say in a conversation: its brand, its customer, its claim. */
export interface ConversationWords {
  readonly language: Language;
  words(language: Language, privacy: PrivacyClass): Words;
}

/** Gathers the words for the texts that are sent into a conversation. */
export class TemplateWordsView {
  async of(queries: Queries, conversationId: string): Promise<ConversationWords | undefined> {
    const [row] = await queries.query<Row>({ name: 'template-words', text: WORDS, values: [conversationId] });
    if (!row) return undefined;
    const { brand, person, claim, stage } = row;
    const change = stage === null ? null : { stage, occurredAt: new Date(row.stage_since ?? 0) };
    return {
      language: spokenLanguage(row.language, brand.defaultLanguage),
      words: (language, privacy) => withoutTimes(wordsOf({ brand, person, claim, change, language, privacy }), row.stage_since),
    };
  }
}

// When the stage began is not known of every claim: then nothing is said of it.
function withoutTimes(words: Words, since: string | null): Words {
  if (since !== null) return words;
  const { receivedAt: _, closedAt: __, ...rest } = words;
  return rest;
}

const WORDS = `
  SELECT coalesce(c.language, p.language, k.language) AS language, cl.stage, cl.stage_times->>cl.stage AS stage_since,
    jsonb_build_object('id', b.id, 'name', b.name, 'defaultLanguage', b.default_language, 'timeZone', b.time_zone, 'helpPhone', said.value->>'helpPhone', 'officeHours', said.value->>'officeHours') AS brand,
    jsonb_build_object('name', k.name, 'kind', k.kind, 'salutation', k.salutation, 'timeZone', k.time_zone) AS person,
    CASE WHEN cl.id IS NULL THEN NULL ELSE jsonb_build_object('number', cl.number, 'handlerName', coalesce(h.name, cl.handler_name), 'handlerPhone', coalesce(h.phone, cl.facts->>'handlerPhone'),
      'nextStep', cl.next_step, 'promisedBy', cl.promised_by::text, 'facts', cl.facts) END AS claim
  FROM conversations c JOIN contacts k ON k.id = c.contact_id JOIN brands b ON b.id = c.brand_id
    LEFT JOIN claims cl ON cl.id = c.claim_id LEFT JOIN accounts h ON h.id = cl.handler_id LEFT JOIN claim_parties p ON p.id = c.party_id
    LEFT JOIN LATERAL (SELECT value FROM settings WHERE key = 'brand.' || b.key ORDER BY version DESC LIMIT 1) AS said ON true
  WHERE c.id = $1`;
