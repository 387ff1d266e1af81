import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiConflictResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DESK_ROLES } from '@claimline/protocol';
import { HandleComplaint } from '../flows/handle-complaint';
import { RaiseComplaint } from '../flows/raise-complaint';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { ComplaintList } from '../views/complaint-list.view';
import { ComplaintDesk } from './complaint-desk';
import {
  ClassifyComplaintBody,
  ComplaintAnswer,
  ComplaintPageAnswer,
  ComplaintQueryParams,
  ConfirmComplaintBody,
  EndComplaintBody,
  ExecuteResolutionBody,
  InvestigateComplaintBody,
  ProposeResolutionBody,
  RaiseComplaintBody,
  ScoreComplaintBody,
} from './complaints.dto';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());
const OFFICE = ['complaints-officer', 'supervisor', 'administrator'] as const;

/** Complaints and their six steps. A step that does not follow from where it stands is refused with the reason. */
@ApiTags('complaints')
@ApiConflictResponse({ description: '`complaint-step-refused`: `params.reason` says why' })
@Controller('api/complaints')
@Roles(...OFFICE)
export class ComplaintsController {
  constructor(
    private readonly desk: ComplaintDesk,
    private readonly list: ComplaintList,
    private readonly handle: HandleComplaint,
    private readonly raising: RaiseComplaint,
  ) {}

  @Get()
  @Roles(...DESK_ROLES, 'auditor')
  @ApiOperation({ summary: 'Complaints, nearest due first, with how many stand at each step' })
  @ApiOkResponse({ type: ComplaintPageAnswer })
  find(@CurrentPrincipal() who: Principal, @Query() query: ComplaintQueryParams): Promise<ComplaintPageAnswer> {
    return this.list.page(who, query);
  }

  @Get(':id')
  @Roles(...DESK_ROLES, 'auditor')
  @ApiOperation({ summary: 'One complaint; the investigation only for those who may read it' })
  @ApiOkResponse({ type: ComplaintAnswer })
  show(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ComplaintAnswer> {
    return this.desk.show(who, id);
  }

  @Post()
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Raise a complaint from a conversation or from one message of it' })
  @ApiCreatedResponse({ type: ComplaintAnswer })
  raise(@CurrentPrincipal() who: Principal, @Body() body: RaiseComplaintBody): Promise<ComplaintAnswer> {
    return this.desk.act(who, 'raise', (tx, by) => this.raising.raise(tx, { ...body }, by));
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @ApiOperation({ summary: 'Step 1: received; the customer gets a receipt' })
  @ApiOkResponse({ type: ComplaintAnswer })
  confirm(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: ConfirmComplaintBody): Promise<ComplaintAnswer> {
    const { content, demand, against = [], representatives = 1, officer = who.id } = body;
    const act = { do: 'confirm', content, demand, against, representatives, officerId: officer } as const;
    return this.step(who, id, 'confirm', (...given) => this.handle.confirm(given[0], id, act, given[1]));
  }

  @Post(':id/dismiss')
  @HttpCode(200)
  @ApiOperation({ summary: 'No complaint after all' })
  @ApiOkResponse({ type: ComplaintAnswer })
  dismiss(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() { reason }: EndComplaintBody): Promise<ComplaintAnswer> {
    return this.step(who, id, 'dismiss', (tx, by) => this.handle.end(tx, id, { do: 'dismiss', reason }, by));
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: 'The customer takes it back: that ends it' })
  @ApiOkResponse({ type: ComplaintAnswer })
  withdraw(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() { reason }: EndComplaintBody): Promise<ComplaintAnswer> {
    return this.step(who, id, 'withdraw', (tx, by) => this.handle.end(tx, id, { do: 'withdraw', reason }, by));
  }

  @Post(':id/classify')
  @HttpCode(200)
  @ApiOperation({ summary: 'Step 2: its category, with the tasks and the clock of the playbook' })
  @ApiOkResponse({ type: ComplaintAnswer })
  classify(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: ClassifyComplaintBody): Promise<ComplaintAnswer> {
    return this.step(who, id, 'classify', (tx, by) => this.handle.classify(tx, id, body, by));
  }

  @Post(':id/investigate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Step 3: who looks into it; nobody who is complained about' })
  @ApiOkResponse({ type: ComplaintAnswer })
  investigate(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: InvestigateComplaintBody): Promise<ComplaintAnswer> {
    return this.step(who, id, 'investigate', (tx, by) => this.handle.investigate(tx, id, body.investigator, by));
  }

  @Post(':id/propose')
  @HttpCode(200)
  @ApiOperation({ summary: 'Step 4: what is proposed, by whom it is done and until when, and what caused it' })
  @ApiOkResponse({ type: ComplaintAnswer })
  propose(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: ProposeResolutionBody): Promise<ComplaintAnswer> {
    const { text, rootCause, owner, due } = body;
    const act = { do: 'propose', text, rootCause, ownerId: owner, due: new Date(due) } as const;
    return this.step(who, id, 'propose', (tx, by) => this.handle.propose(tx, id, act, by));
  }

  @Post(':id/execute')
  @HttpCode(200)
  @ApiOperation({ summary: 'Step 5: carried out, with the recorded agreement or decided without it' })
  @ApiOkResponse({ type: ComplaintAnswer })
  execute(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: ExecuteResolutionBody): Promise<ComplaintAnswer> {
    const { agreement, message = null, routes = null } = body;
    const act = { do: 'execute', agreement, messageId: message, routes } as const;
    return this.step(who, id, 'execute', (tx, by) => this.handle.execute(tx, id, act, by));
  }

  @Post(':id/follow-up')
  @HttpCode(200)
  @ApiOperation({ summary: 'Step 6: it is done, the customer is called' })
  @ApiOkResponse({ type: ComplaintAnswer })
  followUp(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ComplaintAnswer> {
    return this.step(who, id, 'follow-up', (tx, by) => this.handle.step(tx, id, { do: 'follow-up' }, by));
  }

  @Post(':id/score')
  @HttpCode(200)
  @ApiOperation({ summary: 'What the callback came to; one or two opens the proposal again, once' })
  @ApiOkResponse({ type: ComplaintAnswer })
  score(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() { score }: ScoreComplaintBody): Promise<ComplaintAnswer> {
    return this.step(who, id, 'score', (tx, by) => this.handle.score(tx, id, score, by));
  }

  @Post(':id/close')
  @HttpCode(200)
  @ApiOperation({ summary: 'The end; not before the outcome has left' })
  @ApiOkResponse({ type: ComplaintAnswer })
  close(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ComplaintAnswer> {
    return this.step(who, id, 'close', (tx, by) => this.handle.close(tx, id, by));
  }

  private step(
    who: Principal,
    id: string,
    action: string,
    work: (...given: Parameters<Parameters<ComplaintDesk['act']>[2]>) => Promise<void>,
  ): Promise<ComplaintAnswer> {
    return this.desk.act(who, action, async (...given) => {
      await work(...given);
      return id;
    });
  }
}
