import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, type Clock } from '@claimline/database';
import { Accounts } from '@claimline/people';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { TeamView } from '../views/team.view';
import { WorkOfView } from '../views/work-of.view';
import { TeamAnswer, WorkOfAnswer } from './team.dto';

/** The supervisor's first screen. */
@ApiTags('team')
@Controller('api/team')
@Roles('supervisor', 'administrator', 'auditor')
export class TeamController {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly team: TeamView,
    private readonly work: WorkOfView,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Who has what, what breaches next, and how much waits' })
  @ApiOkResponse({ type: TeamAnswer })
  async show(@CurrentPrincipal() who: Principal): Promise<TeamAnswer> {
    return await this.team.show(who, this.clock.now());
  }

  @Get(':id/work')
  @ApiOperation({ summary: 'Everything that somebody has: conversations, what is snoozed or leaves later, tasks, promises' })
  @ApiOkResponse({ type: WorkOfAnswer })
  async workOf(@CurrentPrincipal() who: Principal, @Param('id', new ParseUUIDPipe()) id: string): Promise<WorkOfAnswer> {
    const now = this.clock.now();
    found(await this.accounts.find(this.database, id));
    return await this.work.of({ viewer: who, accountId: id, answersFor: await this.team.answersFor(id, now), now });
  }
}
