import type { Queries, Transaction } from '@claimline/database';
import type { Language, PrivacyClass } from '@claimline/messages';

/** One published version of a text in one language. */
export interface StoredTemplate {
  readonly code: string;
  readonly language: Language;
  readonly version: number;
  readonly title: string;
  readonly use: 'reply' | 'notice' | 'automatic';
  readonly privacy: PrivacyClass;
  readonly subject: string | null;
  readonly body: string;
  readonly publishedAt: Date;
}

const COLUMNS = 'code, language, version, title, use, privacy, subject, body, published_at AS "publishedAt"';

/** Published texts. A version is never changed: what was said to somebody can be read afterwards. */
export class TemplatesRepository {
  /** The version in force of every text, in the order of code and language. */
  async all(queries: Queries, filter: { readonly use?: string; readonly language?: string }): Promise<StoredTemplate[]> {
    return queries.query<StoredTemplate>({
      name: 'templates-all',
      text: `SELECT DISTINCT ON (code, language) ${COLUMNS} FROM templates WHERE ($1::text IS NULL OR use = $1) AND ($2::text IS NULL OR language = $2) ORDER BY code, language, version DESC`,
      values: [filter.use ?? null, filter.language ?? null],
    });
  }

  /** The version in force, in that language, else in the other one. */
  async find(queries: Queries, code: string, language: Language): Promise<StoredTemplate | undefined> {
    const [row] = await queries.query<StoredTemplate>({
      name: 'template-find',
      text: `SELECT ${COLUMNS} FROM templates WHERE code = $1 ORDER BY (language = $2) DESC, version DESC LIMIT 1`,
      values: [code, language],
      steady: true,
    });
    return row;
  }

  /** All versions of one language, newest first. */
  async history(queries: Queries, code: string, language: Language): Promise<StoredTemplate[]> {
    return queries.query<StoredTemplate>({
      name: 'template-history',
      text: `SELECT ${COLUMNS} FROM templates WHERE code = $1 AND language = $2 ORDER BY version DESC`,
      values: [code, language],
    });
  }

  /** Publishes the next version. Two who publish at once get two versions, one after the other. */
  async publish(tx: Transaction, template: Omit<StoredTemplate, 'version'>, by: string | null): Promise<StoredTemplate> {
    await tx.query({
      name: 'template-hold',
      text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 6))',
      values: [`${template.code} ${template.language}`],
    });
    const [row] = await tx.query<StoredTemplate>({
      name: 'template-publish',
      text: `INSERT INTO templates (code, language, version, title, use, privacy, subject, body, published_at, published_by)
             SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8, $9 FROM templates WHERE code = $1 AND language = $2 RETURNING ${COLUMNS}`,
      values: [
        template.code,
        template.language,
        template.title,
        template.use,
        template.privacy,
        template.subject,
        template.body,
        template.publishedAt,
        by,
      ],
    });
    return row!;
  }

  /** Version 1 of texts that are not there yet; others stay as they are. */
  async seed(tx: Transaction, templates: readonly Omit<StoredTemplate, 'version' | 'publishedAt'>[], at: Date): Promise<void> {
    await tx.query({
      name: 'templates-seed',
      text: `INSERT INTO templates (code, language, version, title, use, privacy, subject, body, published_at)
             SELECT code, language, 1, title, use, privacy, subject, body, $2
             FROM jsonb_to_recordset($1::jsonb) AS told(code text, language text, title text, use text, privacy text, subject text, body text) ON CONFLICT DO NOTHING`,
      values: [JSON.stringify(templates), at],
    });
  }
}
