import { Body, Controller, Get, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { Presences } from '@claimline/routing';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ColleaguesView } from '../views/colleagues.view';
import { DESK_ROLES } from '@claimline/protocol';
import { PeopleAnswer, SetPresenceBody } from './routing.dto';

/** Who is there, with how much to do; and what I say of myself. */
@ApiTags('people')
@Controller('api')
export class PresenceController {
  constructor(
    private readonly database: Database,
    private readonly presences: Presences,
    private readonly colleagues: ColleaguesView,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('people')
  @ApiOkResponse({ type: PeopleAnswer })
  people(): Promise<PeopleAnswer> {
    return this.colleagues.all(this.clock.now());
  }

  @Put('presence')
  @HttpCode(204)
  @Roles(...DESK_ROLES)
  @ApiNoContentResponse()
  async choose(@CurrentPrincipal() who: Principal, @Body() body: SetPresenceBody): Promise<void> {
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      await this.presences.choose(tx, who.id, body.state, at);
      const about = { action: 'presence.choose', subject: 'account', subjectId: who.id, facts: { state: body.state } };
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, ...about, at });
    });
  }
}
