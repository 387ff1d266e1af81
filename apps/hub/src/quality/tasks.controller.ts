import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { Audit } from '@claimline/people';
import type { TaskRecord } from '@claimline/quality';
import { ManageTask } from '../flows/manage-task';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { TasksView } from '../views/tasks.view';
import { DESK_ROLES } from '@claimline/protocol';
import { CancelTaskBody, CompleteTaskBody, CreateTaskBody, OwnTaskBody, TaskAnswer, TaskPageAnswer, TaskQueryParams } from './quality.dto';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** What people have to do by when. */
@ApiTags('quality')
@Controller('api/tasks')
export class TasksController {
  constructor(
    private readonly database: Database,
    private readonly view: TasksView,
    private readonly manage: ManageTask,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOkResponse({ type: TaskPageAnswer })
  find(@CurrentPrincipal() who: Principal, @Query() query: TaskQueryParams): Promise<TaskPageAnswer> {
    return this.view.page(who, query);
  }

  @Post()
  @Roles(...DESK_ROLES)
  @ApiCreatedResponse({ type: TaskAnswer })
  create(@CurrentPrincipal() who: Principal, @Body() body: CreateTaskBody): Promise<TaskAnswer> {
    const { kind, reason = null, conversation = null, claim = null, owner = who.id } = body;
    return this.change(who, 'task.create', (tx, at) =>
      this.manage.create(tx, who, { kind, reason, conversation, claim, owner, due: new Date(body.due) }, at),
    );
  }

  @Post(':id/own')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOkResponse({ type: TaskAnswer })
  own(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: OwnTaskBody): Promise<TaskAnswer> {
    return this.change(who, 'task.own', (tx, now) => this.manage.own(tx, who, id, { ownerId: body.owner, now }));
  }

  @Post(':id/complete')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOkResponse({ type: TaskAnswer })
  complete(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: CompleteTaskBody): Promise<TaskAnswer> {
    const { outcome, note = null } = body;
    const next = body.next ? new Date(body.next) : null;
    return this.change(who, 'task.complete', (tx, at) => this.manage.complete(tx, who, id, { outcome, note, next, by: who.id, at }));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOkResponse({ type: TaskAnswer })
  cancel(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: CancelTaskBody): Promise<TaskAnswer> {
    return this.change(who, 'task.cancel', (tx, at) => this.manage.cancel(tx, who, id, { outcome: body.outcome, by: who.id, at }));
  }

  private async change(who: Principal, action: string, work: (tx: Transaction, at: Date) => Promise<TaskRecord>): Promise<TaskAnswer> {
    const at = this.clock.now();
    return await this.database.transaction(async (tx) => {
      const { id } = await work(tx, at);
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, action, subject: 'task', subjectId: id, at });
      return found(await this.view.find(tx, who, id));
    });
  }
}
