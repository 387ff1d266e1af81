import { CHANNEL_KINDS } from '@claimline/channels';
import type { ConversationRow } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { Language } from '@claimline/messages';
import { TemplateRefusal, Templates, type RenderedText, type Words } from '@claimline/notifications';
import { RenderedReply } from '../conversations/rendered-reply';
import { found, HubProblem } from '../http/problem';
import { TemplateWordsView } from '../views/template-words.view';

/** Which text, for which channel, in which language (the conversation's where none is named). */
export interface TemplateWish {
  readonly template: string;
  readonly channel: string;
  readonly language?: Language;
  /** Words that the conversation does not know by itself. */
  readonly words?: Words;
  /** Words that are not published yet. */
  readonly draft?: { readonly subject: string | null; readonly body: string };
}

/** Fills in a template for a conversation: for the composer's preview and for what is sent. */
export class TemplateReply extends RenderedReply {
  constructor(
    private readonly templates: Templates,
    private readonly words: TemplateWordsView,
  ) {
    super();
  }

  async of(
    queries: Queries,
    conversation: ConversationRow,
    wish: { text: string; subject: string | null; template: string | undefined; channel: string },
  ): Promise<{ text: string; subject: string | null }> {
    if (wish.text !== '' || !wish.template) return { text: wish.text, subject: wish.subject };
    const rendered = await this.render(queries, conversation.id, { template: wish.template, channel: wish.channel });
    return { text: rendered.text, subject: wish.subject ?? rendered.subject };
  }

  /** @throws HubProblem `not-found`, `template-incomplete` */
  async render(queries: Queries, conversationId: string, wish: TemplateWish): Promise<RenderedText> {
    const source = found(await this.words.of(queries, conversationId));
    const privacy = CHANNEL_KINDS.find(({ kind }) => kind === wish.channel)?.capabilities.privacy ?? 'P1';
    const language = wish.language ?? source.language;
    try {
      return found(
        await this.templates.render(queries, wish.template, {
          language,
          privacy,
          draft: wish.draft,
          words: { ...source.words(language, privacy), ...wish.words },
        }),
      );
    } catch (error) {
      if (error instanceof TemplateRefusal) throw new HubProblem('template-incomplete', { why: error.why, what: error.what });
      throw error;
    }
  }
}
