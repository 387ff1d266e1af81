import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Conversations } from '@claimline/conversations';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { Audit } from '@claimline/people';
import { DESK_ROLES } from '@claimline/protocol';
import { lockVisible } from '../conversations/visible-conversation';
import { RepresentParty } from '../flows/represent-party';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ClaimView } from '../views/claim.view';
import { ConversationDetail } from '../views/conversation-detail.view';
import { CounselView } from '../views/counsel.view';
import { ClaimAnswer, CounselSuggestionAnswer, CounselThreadAnswer, NoteRepresentationBody, OpenCounselThreadBody } from './claims.dto';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** Lawyers: who speaks for a party of a claim, and the threads with them and with our own counsel. */
@ApiTags('claims')
@Controller('api')
export class CounselController {
  constructor(
    private readonly database: Database,
    private readonly conversations: Conversations,
    private readonly flow: RepresentParty,
    private readonly view: ClaimView,
    private readonly counsel: CounselView,
    private readonly detail: ConversationDetail,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('claims/:number/representations')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'A person has read that somebody speaks for a party; from now on only they are written to' })
  @ApiOkResponse({ type: ClaimAnswer })
  note(@CurrentPrincipal() who: Principal, @Param('number') number: string, @Body() body: NoteRepresentationBody): Promise<ClaimAnswer> {
    return this.change(who, number, { action: 'claim.represent', party: body.party }, (tx, at) =>
      this.flow.note(tx, number, body, { who, at }),
    );
  }

  @Post('claims/:number/representations/:party/end')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Nobody speaks for the party any more' })
  @ApiOkResponse({ type: ClaimAnswer })
  end(
    @CurrentPrincipal() who: Principal,
    @Param('number') number: string,
    @Param('party', new ParseUUIDPipe()) party: string,
  ): Promise<ClaimAnswer> {
    return this.change(who, number, { action: 'claim.represent-end', party }, (tx, at) => this.flow.end(tx, number, party, { who, at }));
  }

  @Post('claims/:number/defence-counsel')
  @HttpCode(200)
  @Roles('adjuster', 'supervisor')
  @ApiOperation({ summary: 'The privileged thread with our own counsel, opened where there is none' })
  @ApiOkResponse({ type: CounselThreadAnswer })
  defence(
    @CurrentPrincipal() who: Principal,
    @Param('number') number: string,
    @Body() body: OpenCounselThreadBody,
  ): Promise<CounselThreadAnswer> {
    return this.thread(who, (tx, at) => this.flow.defenceThread(tx, number, body, { who, at }));
  }

  @Post('conversations/:id/counsel')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'The thread with whoever speaks for the customer of this conversation' })
  @ApiOkResponse({ type: CounselThreadAnswer })
  ofConversation(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<CounselThreadAnswer> {
    return this.thread(who, async (tx, at) => this.flow.counselThread(tx, await lockVisible(this.conversations, tx, who, id), { who, at }));
  }

  @Get('conversations/:id/counsel-suggestion')
  @ApiOperation({ summary: 'A letter that looks like a law firm’s, and the claim that it names' })
  @ApiOkResponse({ type: CounselSuggestionAnswer })
  async suggestion(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<CounselSuggestionAnswer> {
    return this.counsel.suggestion(this.database, who, found(await this.detail.row(who, id)));
  }

  private async change(
    who: Principal,
    number: string,
    { action, party }: { action: string; party: string },
    work: (tx: Transaction, at: Date) => Promise<void>,
  ): Promise<ClaimAnswer> {
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      await work(tx, at);
      const about = { action, subject: 'claim', subjectId: number, facts: { party } };
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, ...about, at });
    });
    return found(await this.view.show(who, number, at));
  }

  private async thread(who: Principal, work: (tx: Transaction, at: Date) => Promise<string>): Promise<CounselThreadAnswer> {
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const conversation = await work(tx, at);
      const about = { action: 'conversation.counsel', subject: 'conversation', subjectId: conversation };
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, ...about, at });
      return { conversation };
    });
  }
}
