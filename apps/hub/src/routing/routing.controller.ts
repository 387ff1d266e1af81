import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Conversations } from '@claimline/conversations';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { lockVisible } from '../conversations/visible-conversation';
import { AssignConversation } from '../flows/assign-conversation';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ConversationDetail } from '../views/conversation-detail.view';
import { RoutingHistoryView } from '../views/routing-history.view';
import { DESK_ROLES } from '@claimline/protocol';
import { AssignedConversationAnswer, AssignToBody, RoutingHistoryAnswer } from './routing.dto';

/** Whose a conversation is, why, and how people change that. */
@ApiTags('routing')
@Controller('api/conversations')
export class RoutingController {
  constructor(
    private readonly database: Database,
    private readonly detail: ConversationDetail,
    private readonly history: RoutingHistoryView,
    private readonly conversations: Conversations,
    private readonly flow: AssignConversation,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':id/routing')
  @ApiOkResponse({ type: RoutingHistoryAnswer })
  async why(@CurrentPrincipal() who: Principal, @Param('id', new ParseUUIDPipe()) id: string): Promise<RoutingHistoryAnswer> {
    found(await this.detail.row(who, id));
    return this.history.of(id);
  }

  @Post(':id/assign')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOkResponse({ type: AssignedConversationAnswer })
  async assign(
    @CurrentPrincipal() who: Principal,
    @Param('id', new ParseUUIDPipe()) id: string,
    @Body() body: AssignToBody,
  ): Promise<AssignedConversationAnswer> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const conversation = await lockVisible(this.conversations, tx, who, id);
      await this.flow.assign(tx, conversation, { assigneeId: body.assignee, actorId: who.id, now });
      const entry = {
        action: 'conversation.assign',
        subject: 'conversation',
        subjectId: id,
        facts: { from: conversation.assignee_id, to: body.assignee },
      };
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, ...entry, at: now });
    });
    return found(await this.detail.show(who, id, now));
  }
}
