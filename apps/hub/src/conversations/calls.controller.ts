import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Conversations } from '@claimline/conversations';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { BridgeCall } from '../flows/bridge-call';
import { HubProblem } from '../http/problem';
import { CurrentPrincipal, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { CounselView } from '../views/counsel.view';
import { ThreadView } from '../views/thread.view';
import { MessageAnswer, StartCallBody } from './conversations.dto';
import { lockVisible } from './visible-conversation';

/** Calls that people of ours begin. */
@ApiTags('conversations')
@Controller('api/conversations')
export class CallsController {
  constructor(
    private readonly database: Database,
    private readonly conversations: Conversations,
    private readonly bridge: BridgeCall,
    private readonly counsel: CounselView,
    private readonly thread: ThreadView,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  /** My phone rings, then the customer's. */
  @Post(':id/call')
  @HttpCode(201)
  @ApiCreatedResponse({ type: MessageAnswer })
  async call(
    @CurrentPrincipal() who: Principal,
    @Param('id', new ParseUUIDPipe()) id: string,
    @Body() body: StartCallBody,
  ): Promise<MessageAnswer> {
    if (who.kind !== 'account') throw new HubProblem('not-allowed');
    const at = this.clock.now();
    const row = await this.database.transaction(async (tx) => {
      const conversation = await lockVisible(this.conversations, tx, who, id);
      // The law forbids to speak with them as it forbids to write to them.
      if (await this.counsel.of(tx, conversation)) throw new HubProblem('recipient-blocked', { reason: 'represented' });
      const entry = await this.bridge.start(tx, conversation, { by: who.id, to: body.to, at });
      const actor = { kind: who.kind, id: who.id };
      await this.audit.record(tx, { actor, action: 'conversation.call', subject: 'conversation', subjectId: id, at });
      return entry;
    });
    return this.thread.one(row);
  }
}
