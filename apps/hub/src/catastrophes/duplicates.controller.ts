import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Conversations, Duplicates, shownMark } from '@claimline/conversations';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { DESK_ROLES } from '@claimline/protocol';
import { lockVisible } from '../conversations/visible-conversation';
import { JudgeDuplicate, pairOf } from '../flows/judge-duplicate';
import { found, refuse } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ConversationDetail } from '../views/conversation-detail.view';
import { ConversationList } from '../views/conversation-list.view';
import { DuplicateGroupsAnswer, DuplicateGroupsParams, JudgeDuplicateBody, PossibleDuplicatesAnswer } from './catastrophes.dto';

const LOOKED_BACK_MS = 30 * 24 * 3_600_000;

/** Reports that may be about one loss: shown with the reason, joined or told apart by a person. */
@ApiTags('catastrophes')
@Controller('api')
export class DuplicatesController {
  constructor(
    private readonly database: Database,
    private readonly duplicates: Duplicates,
    private readonly list: ConversationList,
    private readonly detail: ConversationDetail,
    private readonly conversations: Conversations,
    private readonly flow: JudgeDuplicate,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('duplicates')
  @ApiOperation({ summary: 'Groups of conversations that may be about one loss' })
  @ApiOkResponse({ type: DuplicateGroupsAnswer })
  async groups(@CurrentPrincipal() who: Principal, @Query() query: DuplicateGroupsParams): Promise<DuplicateGroupsAnswer> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - LOOKED_BACK_MS);
    const groups = await this.duplicates.groups(this.database, who, { catastrophe: query.catastrophe ?? null, since });
    const rows = await this.list.byIds(who, [...new Set(groups.flatMap(({ ids }) => ids))], now);
    const items = groups.map(({ kind, value, ids }) => ({
      reason: kind,
      value: shownMark(value),
      conversations: ids.flatMap((id) => rows.find((row) => row.id === id) ?? []),
    }));
    return { items: items.filter(({ conversations }) => conversations.length > 1) };
  }

  @Get('conversations/:id/duplicates')
  @ApiOperation({ summary: 'Conversations that may be about the same loss as this one, and by what' })
  @ApiOkResponse({ type: PossibleDuplicatesAnswer })
  async of(@CurrentPrincipal() who: Principal, @Param('id', new ParseUUIDPipe()) id: string): Promise<PossibleDuplicatesAnswer> {
    found(await this.detail.row(who, id));
    const possible = await this.duplicates.of(this.database, id);
    const rows = await this.list.byIds(
      who,
      possible.map(({ conversationId }) => conversationId),
      this.clock.now(),
    );
    return {
      items: possible.flatMap(({ kind, value, conversationId }) => {
        const conversation = rows.find((row) => row.id === conversationId);
        return conversation ? [{ reason: kind, value: shownMark(value), conversation }] : [];
      }),
    };
  }

  @Post('conversations/:id/duplicates')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Says that two conversations are about the same loss, or that they are not' })
  @ApiOkResponse({ type: PossibleDuplicatesAnswer })
  async judge(
    @CurrentPrincipal() who: Principal,
    @Param('id', new ParseUUIDPipe()) id: string,
    @Body() body: JudgeDuplicateBody,
  ): Promise<PossibleDuplicatesAnswer> {
    if (who.kind !== 'account') refuse('not-allowed');
    const at = this.clock.now();
    const [first, second] = pairOf(id, body.other);
    await this.database.transaction(async (tx) => {
      const one = await lockVisible(this.conversations, tx, who, first);
      const other = await lockVisible(this.conversations, tx, who, second);
      await this.flow.judge(tx, one, other, { verdict: body.verdict, viewer: who, at });
      const entry = { action: `duplicate.${body.verdict}`, subject: 'conversation', subjectId: id, facts: { other: body.other } };
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, ...entry, at });
    });
    return this.of(who, id);
  }
}
