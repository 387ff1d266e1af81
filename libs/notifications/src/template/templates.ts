import type { Clock, Queries, Transaction } from '@claimline/database';
import { LANGUAGES, type Language, type PrivacyClass } from '@claimline/messages';
import { lint, type LintProblem } from './linter';
import { render } from './renderer';
import { SEED_TEMPLATES } from './seed';
import type { StoredTemplate, TemplatesRepository } from './templates.repository';
import type { Words } from './variables';

/** A text, filled in. */
export interface RenderedText {
  readonly code: string;
  readonly version: number;
  readonly language: Language;
  readonly subject: string | null;
  readonly text: string;
}

/** The texts that people, rules and the hub itself send. */
export class Templates {
  constructor(
    private readonly templates: TemplatesRepository,
    private readonly clock: Clock,
  ) {}

  list(queries: Queries, filter: { readonly use?: string; readonly language?: string; readonly q?: string }): Promise<StoredTemplate[]> {
    const words = filter.q?.trim().toLowerCase();
    const fits = (template: StoredTemplate): boolean =>
      !words || [template.code, template.title, template.body].some((text) => text.toLowerCase().includes(words));
    return this.templates.all(queries, filter).then((all) => all.filter(fits));
  }

  history(queries: Queries, code: string, language: Language): Promise<StoredTemplate[]> {
    return this.templates.history(queries, code, language);
  }

  /** The version in force, unfilled. */
  peek(queries: Queries, code: string, language: Language): Promise<StoredTemplate | undefined> {
    return this.templates.find(queries, code, language);
  }

  /** Undefined: there is no such text. @throws TemplateRefusal when a word is missing or too private for the channel. */
  async render(
    queries: Queries,
    code: string,
    fill: {
      readonly language: Language;
      readonly words: Words;
      readonly privacy: PrivacyClass;
      /** Read instead of what is published. */
      readonly draft?: { readonly subject: string | null; readonly body: string };
    },
  ): Promise<RenderedText | undefined> {
    const template = await this.templates.find(queries, code, fill.language);
    if (!template) return undefined;
    const { version } = template;
    const language = fill.draft ? fill.language : template.language;
    const { subject, body } = fill.draft ?? template;
    const title = subject === null ? null : render(subject, fill.words, fill.privacy);
    return { code, version, language, subject: title, text: render(body, fill.words, fill.privacy) };
  }

  /** Publishes a new version where the copy rules allow it. Undefined: there is no such text. */
  async publish(
    tx: Transaction,
    draft: {
      readonly code: string;
      readonly language: Language;
      readonly subject: string | null;
      readonly body: string;
      readonly by: string | null;
    },
  ): Promise<StoredTemplate | { readonly problems: readonly LintProblem[] } | undefined> {
    const current = await this.templates.find(tx, draft.code, draft.language);
    if (!current) return undefined;
    const problems = lint({ ...current, language: draft.language, subject: draft.subject, body: draft.body });
    if (problems.length > 0) return { problems };
    return this.templates.publish(
      tx,
      { ...current, language: draft.language, subject: draft.subject, body: draft.body, publishedAt: this.clock.now() },
      draft.by,
    );
  }

  /** Puts in the texts that come with the product; once they are there, people own them. */
  async seed(tx: Transaction): Promise<void> {
    const rows = SEED_TEMPLATES.flatMap(({ code, use, privacy, texts }) =>
      LANGUAGES.map((language) => ({ code, use, privacy, language, subject: null, ...texts[language] })),
    );
    await this.templates.seed(tx, rows, this.clock.now());
  }
}
