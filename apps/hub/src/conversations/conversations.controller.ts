import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Conversations, Desk, type ConversationRow } from '@claimline/conversations';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { Audit } from '@claimline/people';
import { ManageConversation } from '../flows/manage-conversation';
import { found } from '../http/problem';
import { CurrentPrincipal, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ConversationDetail } from '../views/conversation-detail.view';
import { ConversationList } from '../views/conversation-list.view';
import { InboxCounts } from '../views/inbox-counts.view';
import {
  ChooseHolderBody,
  ConversationAnswer,
  ConversationPageAnswer,
  ConversationQueryParams,
  LinkBody,
  MarkReadBody,
  SaveDraftBody,
  SnoozeBody,
  ViewCountsAnswer,
} from './conversations.dto';
import { lockVisible } from './visible-conversation';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** The inbox and what people do with a conversation as a whole. */
@ApiTags('conversations')
@Controller('api/conversations')
export class ConversationsController {
  constructor(
    private readonly database: Database,
    private readonly list: ConversationList,
    private readonly detail: ConversationDetail,
    private readonly inboxCounts: InboxCounts,
    private readonly conversations: Conversations,
    private readonly desk: Desk,
    private readonly manage: ManageConversation,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOkResponse({ type: ConversationPageAnswer })
  find(@CurrentPrincipal() who: Principal, @Query() query: ConversationQueryParams): Promise<ConversationPageAnswer> {
    const now = this.clock.now();
    if (query.q) return this.list.search(who, { ...query, q: query.q }, now);
    return this.list.page(who, query, now);
  }

  @Get('counts')
  @ApiOkResponse({ type: ViewCountsAnswer })
  counts(@CurrentPrincipal() who: Principal): Promise<ViewCountsAnswer> {
    return this.inboxCounts.of(who);
  }

  @Get(':id')
  @ApiOkResponse({ type: ConversationAnswer })
  async show(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ConversationAnswer> {
    return found(await this.detail.show(who, id, this.clock.now()));
  }

  @Post(':id/snooze')
  @HttpCode(200)
  @ApiOkResponse({ type: ConversationAnswer })
  snooze(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: SnoozeBody): Promise<ConversationAnswer> {
    return this.change(who, id, 'snooze', (tx, row, at) => this.manage.snooze(tx, row.id, new Date(body.until), { actorId: who.id, at }));
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @ApiOkResponse({ type: ConversationAnswer })
  resolve(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ConversationAnswer> {
    return this.change(who, id, 'resolve', (tx, row, at) => this.manage.resolve(tx, row, { actorId: who.id, at }));
  }

  @Post(':id/reopen')
  @HttpCode(200)
  @ApiOkResponse({ type: ConversationAnswer })
  reopen(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ConversationAnswer> {
    return this.change(who, id, 'reopen', (tx, row, at) => this.manage.reopen(tx, row, { actorId: who.id, at }));
  }

  @Post(':id/link')
  @HttpCode(200)
  @ApiOkResponse({ type: ConversationAnswer })
  link(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: LinkBody): Promise<ConversationAnswer> {
    return this.change(who, id, 'link', (tx, row, at) =>
      this.manage.link(tx, row, { claim: body.claim, party: body.party ?? null }, { actorId: who.id, at, viewer: who }),
    );
  }

  @Post(':id/holder')
  @HttpCode(200)
  @ApiOkResponse({ type: ConversationAnswer })
  chooseHolder(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: ChooseHolderBody): Promise<ConversationAnswer> {
    return this.change(who, id, 'choose-holder', (tx, row, at) => this.manage.chooseHolder(tx, row, body.contact, { actorId: who.id, at }));
  }

  @Post(':id/read')
  @HttpCode(204)
  @ApiNoContentResponse()
  async markRead(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: MarkReadBody): Promise<void> {
    const row = found(await this.detail.row(who, id));
    await this.desk.markRead(this.database, who.id, row.id, body.position);
  }

  @Put(':id/draft')
  @HttpCode(204)
  @ApiNoContentResponse()
  async saveDraft(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: SaveDraftBody): Promise<void> {
    const row = found(await this.detail.row(who, id));
    await this.desk.saveDraft(
      this.database,
      { accountId: who.id, conversationId: row.id },
      { text: body.text, kind: body.kind, channel: body.channel, at: this.clock.now() },
    );
  }

  private async change(
    who: Principal,
    id: string,
    action: string,
    work: (tx: Transaction, row: ConversationRow, at: Date) => Promise<void>,
  ): Promise<ConversationAnswer> {
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      const row = await lockVisible(this.conversations, tx, who, id);
      await work(tx, row, at);
      await this.audit.record(tx, {
        actor: { kind: who.kind, id: who.id },
        action: `conversation.${action}`,
        subject: 'conversation',
        subjectId: id,
        at,
      });
    });
    return found(await this.detail.show(who, id, at));
  }
}
