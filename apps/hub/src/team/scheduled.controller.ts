import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Conversations, ScheduledSends, type ConversationRow, type ScheduledSend } from '@claimline/conversations';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { Audit } from '@claimline/people';
import { DESK_ROLES } from '@claimline/protocol';
import { lockVisible } from '../conversations/visible-conversation';
import { SendScheduled } from '../flows/send-scheduled';
import { found, HubProblem, refuse } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ConversationDetail } from '../views/conversation-detail.view';
import { ScheduledView } from '../views/scheduled.view';
import { ThreadView } from '../views/thread.view';
import {
  ChangeScheduledBody,
  ScheduledQueryParams,
  ScheduledSendAnswer,
  ScheduledSendsAnswer,
  ScheduleMessageBody,
  SentMessageAnswer,
} from './team.dto';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());
type Change<Answer> = (tx: Transaction, on: { conversation: ConversationRow; send: ScheduledSend; at: Date }) => Promise<Answer>;

/** Replies that leave later: written, seen, changed, called off, sent at once. */
@ApiTags('conversations')
@Controller('api')
export class ScheduledController {
  constructor(
    private readonly database: Database,
    private readonly conversations: Conversations,
    private readonly scheduled: ScheduledSends,
    private readonly views: ScheduledView,
    private readonly detail: ConversationDetail,
    private readonly thread: ThreadView,
    private readonly flow: SendScheduled,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('scheduled')
  @ApiOperation({ summary: 'Replies that leave later, mine or everybody’s, nearest first' })
  @ApiOkResponse({ type: ScheduledSendsAnswer })
  async list(@CurrentPrincipal() who: Principal, @Query() query: ScheduledQueryParams): Promise<ScheduledSendsAnswer> {
    if (query.view === 'all' && !['supervisor', 'administrator', 'auditor'].includes(who.role)) refuse('not-allowed');
    const { limit, before } = query;
    return await this.views.page(who, { ownerId: query.view === 'mine' ? who.id : null, limit, before });
  }

  @Get('conversations/:id/scheduled')
  @ApiOperation({ summary: 'Replies of a conversation that leave later' })
  @ApiOkResponse({ type: ScheduledSendsAnswer })
  async ofConversation(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ScheduledSendsAnswer> {
    found(await this.detail.row(who, id));
    return { items: await this.views.ofConversation(id), next: null };
  }

  @Post('conversations/:id/scheduled')
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Send a reply later; when the customer writes before that, its author is asked first' })
  @ApiCreatedResponse({ type: ScheduledSendAnswer })
  async schedule(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: ScheduleMessageBody): Promise<ScheduledSendAnswer> {
    const at = this.clock.now();
    const { sendAt, seen, ...message } = body;
    const made = await this.database.transaction(async (tx) => {
      const conversation = await lockVisible(this.conversations, tx, who, id);
      const wish = { conversationId: id, authorId: who.id, message, sendAt: new Date(sendAt), seen: seen ?? conversation.message_count };
      const { scheduled } = orProblem(await this.scheduled.schedule(tx, wish, at));
      await this.flow.check(tx, conversation, scheduled);
      await this.record(tx, who, { action: 'scheduled.add', send: scheduled, at });
      return scheduled;
    });
    return found(await this.views.find(who, made.id));
  }

  @Patch('scheduled/:id')
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Other words or another time; one that was held waits again' })
  @ApiOkResponse({ type: ScheduledSendAnswer })
  async change(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: ChangeScheduledBody): Promise<ScheduledSendAnswer> {
    await this.on(who, id, 'scheduled.change', async (tx, { conversation, send, at }) => {
      const sendAt = body.sendAt ? new Date(body.sendAt) : undefined;
      const change = { text: body.text, sendAt, seen: conversation.message_count };
      const changed = (await this.scheduled.change(tx, id, change, at)) ?? refuse('already-taken');
      await this.flow.check(tx, conversation, orProblem(changed).scheduled);
      await this.flow.settle(tx, send, at);
    });
    return found(await this.views.find(who, id));
  }

  @Post('scheduled/:id/send')
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Send it now, as it is' })
  @ApiCreatedResponse({ type: SentMessageAnswer })
  async sendNow(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<SentMessageAnswer> {
    const message = await this.on(who, id, 'scheduled.send', (tx, { conversation, send, at }) =>
      this.flow.sendNow(tx, conversation, send, at),
    );
    return await this.thread.one(message);
  }

  @Delete('scheduled/:id')
  @HttpCode(204)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Call it off' })
  @ApiNoContentResponse()
  async cancel(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<void> {
    await this.on(who, id, 'scheduled.cancel', async (tx, { send, at }) => {
      await this.scheduled.cancel(tx, id, at);
      await this.flow.settle(tx, send, at);
    });
  }

  /** Changes one that has not left, its conversation locked. @throws HubProblem `already-taken` when it has */
  private async on<Answer>(who: Principal, id: string, action: string, change: Change<Answer>): Promise<Answer> {
    const at = this.clock.now();
    const { conversationId } = found(await this.views.find(who, id));
    return await this.database.transaction(async (tx) => {
      const conversation = await lockVisible(this.conversations, tx, who, conversationId);
      const send = (await this.scheduled.pending(tx, id)) ?? refuse('already-taken');
      const answer = await change(tx, { conversation, send, at });
      await this.record(tx, who, { action, send, at });
      return answer;
    });
  }

  private async record(
    tx: Transaction,
    who: Principal,
    { action, send, at }: { action: string; send: ScheduledSend; at: Date },
  ): Promise<void> {
    const facts = { conversation: send.conversationId, sendAt: send.sendAt.toISOString() };
    await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, action, subject: 'scheduled', subjectId: send.id, facts, at });
  }
}

const FIELD_OF = { 'lies-in-the-past': 'sendAt', 'too-far-ahead': 'sendAt', empty: 'text' } as const;

/** @throws HubProblem `invalid` with the field that is wrong */
function orProblem<Good extends { scheduled: ScheduledSend }>(answer: Good | { readonly problem: keyof typeof FIELD_OF }): Good {
  if ('problem' in answer) throw new HubProblem('invalid', {}, [{ path: FIELD_OF[answer.problem], problem: answer.problem }]);
  return answer;
}
