import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Conversations } from '@claimline/conversations';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { ChooseHolder, HolderCodeSent } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';
import { lockVisible } from '../conversations/visible-conversation';
import { AskWhoWrites } from '../flows/ask-who-writes';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';

class ChooseHolderBody extends createZodDto(ChooseHolder) {}
class HolderCodeSentAnswer extends createZodDto(HolderCodeSent) {}

/** Making sure who is writing from an address that several people use. */
@ApiTags('conversations')
@Controller('api/conversations/:id/holder')
export class HolderController {
  constructor(
    private readonly database: Database,
    private readonly conversations: Conversations,
    private readonly flow: AskWhoWrites,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('code')
  @HttpCode(200)
  @Roles('adjuster', 'supervisor', 'administrator', 'hotline', 'complaints-officer', 'counter')
  @ApiOperation({
    summary: 'Sends a code to an address that this holder alone uses; the answer with it in this conversation says that it is them',
  })
  @ApiOkResponse({ type: HolderCodeSentAnswer })
  async sendCode(
    @CurrentPrincipal() who: Principal,
    @Param('id', new ParseUUIDPipe()) id: string,
    @Body() { contact }: ChooseHolderBody,
  ): Promise<HolderCodeSentAnswer> {
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const conversation = await lockVisible(this.conversations, tx, who, id);
      const sent = await this.flow.verify(tx, conversation, contact, at);
      await this.audit.record(tx, {
        actor: { kind: who.kind, id: who.id },
        action: 'conversation.holder-code',
        subject: 'conversation',
        subjectId: id,
        facts: { contactId: contact },
        at,
      });
      return sent;
    });
  }
}
