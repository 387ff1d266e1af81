import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Conversations } from '@claimline/conversations';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { Audit, type AuditEntry } from '@claimline/people';
import { Clocks, type StoredClock } from '@claimline/quality';
import { lockVisible } from '../conversations/visible-conversation';
import { FollowClocks } from '../flows/follow-clocks';
import { found, refuse } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { DESK_ROLES } from '@claimline/protocol';
import { ClockAnswer, ClockEvidenceBody, ExtendClockBody } from './quality.dto';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** What people may do to a service clock, each with its proof in the audit. What the clock's policy does not allow is refused. */
@ApiTags('quality')
@Controller('api/clocks')
@Roles(...DESK_ROLES)
export class ClocksController {
  constructor(
    private readonly database: Database,
    private readonly conversations: Conversations,
    private readonly clocks: Clocks,
    private readonly follow: FollowClocks,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Post(':id/pause')
  @HttpCode(200)
  @ApiOkResponse({ type: ClockAnswer })
  pause(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: ClockEvidenceBody): Promise<ClockAnswer> {
    return this.change(who, id, { action: 'clock.pause', facts: { evidence: body.evidence } }, (tx, at) =>
      this.clocks.pause(tx, id, at, body.evidence),
    );
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ApiOkResponse({ type: ClockAnswer })
  resume(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: ClockEvidenceBody): Promise<ClockAnswer> {
    return this.change(who, id, { action: 'clock.resume', facts: { evidence: body.evidence } }, (tx, at) =>
      this.clocks.resume(tx, id, at, body.evidence),
    );
  }

  @Post(':id/extend')
  @HttpCode(200)
  @Roles('supervisor', 'administrator')
  @ApiOkResponse({ type: ClockAnswer })
  extend(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: ExtendClockBody): Promise<ClockAnswer> {
    const facts = { reason: body.reason, until: body.until };
    return this.change(who, id, { action: 'clock.extend', facts }, (tx, at) => this.clocks.extend(tx, id, at, new Date(body.until)));
  }

  private async change(
    who: Principal,
    id: string,
    entry: Pick<AuditEntry, 'action' | 'facts'>,
    work: (tx: Transaction, at: Date) => Promise<StoredClock | undefined>,
  ): Promise<ClockAnswer> {
    const at = this.clock.now();
    return await this.database.transaction(async (tx) => {
      const before = found(await this.clocks.find(tx, id));
      // A claim's own clock belongs to no conversation: nobody sees it in one, nobody changes it here.
      const { id: conversationId } = await lockVisible(this.conversations, tx, who, found(before.conversationId));
      const after = found(await work(tx, at));
      if (after.state === before.state && after.deadline.getTime() === before.deadline.getTime())
        refuse('edge-not-allowed', { state: before.state });
      await this.follow.renewDue(tx, conversationId);
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, ...entry, subject: 'clock', subjectId: id, at });
      return toAnswer(after);
    });
  }
}

function toAnswer(clock: StoredClock): ClockAnswer {
  const { id, policy, conversationId, state, startedAt, deadline, warnAt, pauses, endedAt } = clock;
  return {
    id,
    policy,
    conversationId,
    state,
    startedAt: startedAt.toISOString(),
    deadline: deadline.toISOString(),
    warnAt: warnAt?.toISOString() ?? null,
    pauses: [...pauses],
    endedAt: endedAt?.toISOString() ?? null,
  };
}
