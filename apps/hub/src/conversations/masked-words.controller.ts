import { Body, Controller, Header, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Threads } from '@claimline/conversations';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { RevealMessage, RevealedMessage } from '@claimline/protocol';
import { createZodDto } from 'nestjs-zod';
import { found, HubProblem } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ConversationDetail } from '../views/conversation-detail.view';

class RevealBody extends createZodDto(RevealMessage) {}
class RevealedAnswer extends createZodDto(RevealedMessage) {}

/** What was masked in a message, for the few who need it and say why. Every look is in the audit, by its reason. */
@ApiTags('conversations')
@Controller('api/messages')
export class MaskedWordsController {
  constructor(
    private readonly database: Database,
    private readonly threads: Threads,
    private readonly detail: ConversationDetail,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Post(':id/reveal')
  @HttpCode(200)
  @Roles('adjuster', 'supervisor', 'administrator', 'complaints-officer')
  @ApiOperation({ summary: 'A message as it was before masking: an adjuster of their own conversation, or a supervisor, with a reason' })
  @ApiOkResponse({ type: RevealedAnswer })
  @Header('cache-control', 'no-store')
  async reveal(
    @CurrentPrincipal() who: Principal,
    @Param('id', new ParseUUIDPipe()) id: string,
    @Body() { reason }: RevealBody,
  ): Promise<RevealedAnswer> {
    const message = found(await this.threads.find(this.database, id));
    const conversation = found(await this.detail.row(who, message.conversation_id));
    if (who.role === 'adjuster' && conversation.assignee_id !== who.id) throw new HubProblem('not-allowed');
    const words = found(await this.threads.sealedWords(this.database, id, 'masked'));
    await this.audit.record(this.database, {
      actor: { kind: who.kind, id: who.id },
      action: 'message.reveal',
      subject: 'message',
      subjectId: id,
      facts: { reason, conversationId: message.conversation_id },
      at: this.clock.now(),
    });
    const { text, subject = null, quoted = null } = JSON.parse(words) as Partial<RevealedMessage> & { text: string };
    return { text, subject, quoted };
  }
}
