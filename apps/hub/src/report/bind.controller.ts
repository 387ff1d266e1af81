import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Conversations } from '@claimline/conversations';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { BindAnswer, BindDone, BindLinkSent, BindQuestion, DESK_ROLES, SendBindLink } from '@claimline/protocol';
import type { FastifyRequest } from 'fastify';
import { createZodDto } from 'nestjs-zod';
import { lockVisible } from '../conversations/visible-conversation';
import { BindByLink } from '../flows/bind-by-link';
import { HubProblem } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { PortalDoor } from '../portal/portal-door';

class SendBindLinkBody extends createZodDto(SendBindLink) {}
class BindLinkSentAnswer extends createZodDto(BindLinkSent) {}
class BindQuestionAnswer extends createZodDto(BindQuestion) {}
class BindAnswerBody extends createZodDto(BindAnswer) {}
class BindDoneAnswer extends createZodDto(BindDone) {}

/** "Is this yours?": the link to an unknown sender, and their one tap. */
@ApiTags('reports')
@Controller('api')
export class BindController {
  constructor(
    private readonly database: Database,
    private readonly conversations: Conversations,
    private readonly flow: BindByLink,
    private readonly door: PortalDoor,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('conversations/:id/bind-link')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Asks the sender by a one-time link whether a claim or policy is theirs; the page shows masked things only' })
  @ApiOkResponse({ type: BindLinkSentAnswer })
  async send(
    @CurrentPrincipal() who: Principal,
    @Param('id', new ParseUUIDPipe()) id: string,
    @Body() body: SendBindLinkBody,
  ): Promise<BindLinkSentAnswer> {
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const sent = await this.flow.offer(tx, who, await lockVisible(this.conversations, tx, who, id), { ...body, at });
      const actor = { kind: who.kind, id: who.id };
      await this.audit.record(tx, { actor, action: 'conversation.bind-link', subject: 'conversation', subjectId: id, at });
      return sent;
    });
  }

  @Get('portal/bind/:token/question')
  @ApiOperation({ summary: 'What the sender is asked, masked' })
  @ApiOkResponse({ type: BindQuestionAnswer })
  async ask(@Param('token') token: string, @Req() request: FastifyRequest): Promise<BindQuestionAnswer> {
    return this.flow.question(this.database, await this.door.open(request, 'bind', token), this.clock.now());
  }

  @Post('portal/bind/:token/answer')
  @HttpCode(200)
  @ApiOperation({ summary: 'One tap: it is theirs, or it is not. Works once' })
  @ApiOkResponse({ type: BindDoneAnswer })
  async answer(@Param('token') token: string, @Body() { mine }: BindAnswerBody, @Req() request: FastifyRequest): Promise<BindDoneAnswer> {
    const link = await this.door.open(request, 'bind', token);
    const done = await this.database.transaction((tx) => this.flow.answer(tx, link, { mine, at: this.clock.now() }));
    if (!done) throw new HubProblem('link-used');
    return { bound: mine };
  }
}
