import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Database, type Clock } from '@claimline/database';
import { Templates, type StoredTemplate } from '@claimline/notifications';
import { Audit } from '@claimline/people';
import { found, HubProblem } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ConversationDetail } from '../views/conversation-detail.view';
import {
  PublishTemplateBody,
  RenderedTemplateAnswer,
  RenderTemplateBody,
  TemplateAnswer,
  TemplateQueryParams,
  TemplatesAnswer,
  TemplateVersionsParams,
} from './notifications.dto';
import { TemplateReply } from './template-reply';

/** The texts that people, rules and the hub itself send. */
@ApiTags('templates')
@Controller('api/templates')
export class TemplatesController {
  constructor(
    private readonly database: Database,
    private readonly templates: Templates,
    private readonly reply: TemplateReply,
    private readonly conversations: ConversationDetail,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOkResponse({ type: TemplatesAnswer })
  async list(@Query() query: TemplateQueryParams): Promise<TemplatesAnswer> {
    return { items: (await this.templates.list(this.database, query)).map(toAnswer) };
  }

  /** The text for a conversation, ready for the composer. */
  @Post(':code/render')
  @HttpCode(200)
  @ApiOkResponse({ type: RenderedTemplateAnswer })
  async render(
    @CurrentPrincipal() who: Principal,
    @Param('code') code: string,
    @Body() body: RenderTemplateBody,
  ): Promise<RenderedTemplateAnswer> {
    found(await this.conversations.row(who, body.conversation));
    const { text, subject, language } = await this.reply.render(this.database, body.conversation, {
      template: code,
      channel: body.channel,
      language: body.language,
      draft: body.draft,
    });
    return { text, subject, language };
  }

  /** What was published before, to be read or to be gone back to. */
  @Get(':code/versions')
  @ApiOkResponse({ type: TemplatesAnswer })
  async versions(@Param('code') code: string, @Query() query: TemplateVersionsParams): Promise<TemplatesAnswer> {
    const all = await this.templates.history(this.database, code, query.language);
    return { items: all.map(toAnswer) };
  }

  /** Publishes a new version of one language; the copy rules say what is wrong with it. */
  @Post(':code/versions')
  @Roles('administrator', 'supervisor')
  @ApiCreatedResponse({ type: TemplateAnswer })
  async publish(
    @CurrentPrincipal() who: Principal,
    @Param('code') code: string,
    @Body() body: PublishTemplateBody,
  ): Promise<TemplateAnswer> {
    return this.database.transaction(async (tx) => {
      const by = who.kind === 'account' ? who.id : null;
      const published = found(
        await this.templates.publish(tx, { code, language: body.language, subject: body.subject ?? null, body: body.body, by }),
      );
      if ('problems' in published) throw new HubProblem('invalid', {}, published.problems);
      const { version, language } = published;
      await this.audit.record(tx, {
        actor: { kind: who.kind, id: who.id },
        action: 'template.publish',
        subject: 'template',
        subjectId: code,
        facts: { language, version },
        at: this.clock.now(),
      });
      return toAnswer(published);
    });
  }
}

const toAnswer = ({ publishedAt, ...template }: StoredTemplate): TemplateAnswer => ({
  ...template,
  publishedAt: publishedAt.toISOString(),
});
