import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DESK_ROLES } from '@claimline/protocol';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { AbsenceDesk, mayChange } from './absence-desk';
import { AbsenceAnswer, AbsencePreviewAnswer, AbsencesAnswer, PreviewAbsenceBody, SetAbsenceBody } from './team.dto';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** Who is away and who stands in. One's own, or anybody's for a supervisor. */
@ApiTags('people')
@Controller('api/absences')
export class AbsencesController {
  constructor(private readonly desk: AbsenceDesk) {}

  @Get()
  @ApiOperation({ summary: 'Absences that are running or still to come' })
  @ApiOkResponse({ type: AbsencesAnswer })
  async list(): Promise<AbsencesAnswer> {
    return { items: await this.desk.list() };
  }

  @Post('preview')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'What an absence would move, and to whom; nothing is moved' })
  @ApiOkResponse({ type: AbsencePreviewAnswer })
  async preview(@CurrentPrincipal() who: Principal, @Body() body: PreviewAbsenceBody): Promise<AbsencePreviewAnswer> {
    const accountId = body.account ?? who.id;
    mayChange(who, accountId);
    return await this.desk.preview(who, {
      accountId,
      starts: new Date(body.starts),
      ends: new Date(body.ends),
      delegateId: body.delegate,
    });
  }

  @Post()
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Set an absence; where it begins now, the work has moved when this answers' })
  @ApiCreatedResponse({ type: AbsenceAnswer })
  async enter(@CurrentPrincipal() who: Principal, @Body() body: SetAbsenceBody): Promise<AbsenceAnswer> {
    const accountId = body.account ?? who.id;
    mayChange(who, accountId);
    const { delegate: delegateId, returns } = body;
    return await this.desk.enter(who, { accountId, starts: new Date(body.starts), ends: new Date(body.ends), delegateId, returns });
  }

  @Post(':id/undo')
  @HttpCode(204)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Take an absence back as if it had never been set: everything that was moved goes back' })
  @ApiNoContentResponse()
  async undo(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<void> {
    await this.desk.undo(who, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Call an absence off, or end it now: work goes back as its policy says' })
  @ApiNoContentResponse()
  async callOff(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<void> {
    await this.desk.callOff(who, id);
  }
}
