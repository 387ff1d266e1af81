import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DESK_ROLES } from '@claimline/protocol';
import { InformComplainant } from '../flows/inform-complainant';
import { InvestigateComplaint } from '../flows/investigate-complaint';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { ComplaintDesk } from './complaint-desk';
import { ComplainedAboutBody, ComplaintAnswer, ExtendComplaintBody, FileEvidenceBody, TellComplainantBody } from './complaints.dto';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** What happens beside the steps: the papers of the investigation, who is complained about, and what the customer is told. */
@ApiTags('complaints')
@ApiConflictResponse({ description: '`complaint-step-refused`: `params.reason` says why' })
@Controller('api/complaints')
@Roles('complaints-officer', 'supervisor', 'administrator')
export class ComplaintPapersController {
  constructor(
    private readonly desk: ComplaintDesk,
    private readonly papers: InvestigateComplaint,
    private readonly telling: InformComplainant,
  ) {}

  @Post(':id/notes')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'File evidence or a note; refused for whoever is complained about' })
  @ApiOkResponse({ type: ComplaintAnswer })
  file(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: FileEvidenceBody): Promise<ComplaintAnswer> {
    return this.desk.act(who, 'file', (tx, by) => this.papers.file(tx, id, { ...body, role: who.role }, by));
  }

  @Put(':id/against')
  @ApiOperation({ summary: 'Who is complained about: out of every seat, and no reader of the investigation' })
  @ApiOkResponse({ type: ComplaintAnswer })
  against(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: ComplainedAboutBody): Promise<ComplaintAnswer> {
    return this.desk.act(who, 'against', (tx, by) => this.papers.name(tx, id, body.against, by));
  }

  @Post(':id/progress')
  @HttpCode(200)
  @ApiOperation({ summary: 'Tell the customer how it stands' })
  @ApiOkResponse({ type: ComplaintAnswer })
  progress(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() { text }: TellComplainantBody): Promise<ComplaintAnswer> {
    return this.desk.act(who, 'progress', (tx, by) => this.telling.progress(tx, id, text, by));
  }

  @Post(':id/extend')
  @HttpCode(200)
  @ApiOperation({ summary: 'More time as far as the rule allows; the customer reads the reason' })
  @ApiOkResponse({ type: ComplaintAnswer })
  extend(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() { reason }: ExtendComplaintBody): Promise<ComplaintAnswer> {
    const approves = who.role === 'supervisor' || who.role === 'administrator';
    return this.desk.act(who, 'extend', (tx, by) => this.telling.extend(tx, id, { reason, approves }, by));
  }

  @Post(':id/outcome')
  @HttpCode(200)
  @ApiOperation({ summary: 'Tell the customer the outcome, in writing' })
  @ApiOkResponse({ type: ComplaintAnswer })
  outcome(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() { text }: TellComplainantBody): Promise<ComplaintAnswer> {
    return this.desk.act(who, 'outcome', (tx, by) => this.telling.outcome(tx, id, text, by));
  }
}
