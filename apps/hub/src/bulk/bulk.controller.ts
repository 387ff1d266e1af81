import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { BulkRuns, type BulkRunRow } from '@claimline/conversations';
import { Database, Outbox, type Clock, type Transaction } from '@claimline/database';
import { Audit } from '@claimline/people';
import { DESK_ROLES, type BulkAct } from '@claimline/protocol';
import { found, HubProblem, refuse } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { BulkRunView } from '../views/bulk-run.view';
import { ConversationSelection, type Selection } from '../views/conversation-selection.view';
import {
  BulkLabelsAnswer,
  BulkPreviewAnswer,
  BulkRunAnswer,
  BulkRunsAnswer,
  ConversationTotalAnswer,
  ConversationTotalParams,
  StartBulkBody,
} from './bulk.dto';
import { MOST_ITEMS, PreviewBulk } from './preview-bulk';

const SEES_ALL = ['supervisor', 'administrator', 'auditor'];

/** The same done to many conversations: shown first, then done item by item, stopped and taken back. */
@ApiTags('bulk')
@Controller('api')
export class BulkController {
  constructor(
    private readonly database: Database,
    private readonly runs: BulkRuns,
    private readonly view: BulkRunView,
    private readonly selection: ConversationSelection,
    private readonly previews: PreviewBulk,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('conversation-total')
  @ApiOperation({ summary: 'How many conversations a view shows with these filters' })
  @ApiOkResponse({ type: ConversationTotalAnswer })
  async total(@CurrentPrincipal() who: Principal, @Query() filter: ConversationTotalParams): Promise<ConversationTotalAnswer> {
    return { total: await this.selection.total(this.database, who, { selection: { filter }, now: this.clock.now() }) };
  }

  @Get('conversation-labels')
  @ApiOperation({ summary: 'Labels in use, the most frequent first' })
  @ApiOkResponse({ type: BulkLabelsAnswer })
  async labels(@CurrentPrincipal() who: Principal): Promise<BulkLabelsAnswer> {
    return { items: await this.view.labels(who) };
  }

  @Post('conversations/bulk/preview')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'What a bulk run would do: count, rendered samples, when each line will have sent its last' })
  @ApiOkResponse({ type: BulkPreviewAnswer })
  preview(@CurrentPrincipal() who: Principal, @Body() body: StartBulkBody): Promise<BulkPreviewAnswer> {
    return this.previews.of(who, { selection: selectionOf(body), act: body.act as BulkAct, now: this.clock.now() });
  }

  @Post('conversations/bulk')
  @HttpCode(201)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Does the same to many conversations: assign, tag, reply, resolve or snooze' })
  @ApiCreatedResponse({ type: BulkRunAnswer })
  async start(@CurrentPrincipal() who: Principal, @Body() body: StartBulkBody): Promise<BulkRunAnswer> {
    if (who.kind !== 'account') refuse('not-allowed');
    const at = this.clock.now();
    const act = body.act as BulkAct;
    const id = await this.database.transaction(async (tx) => {
      const ids = await this.selection.ids(tx, who, { selection: selectionOf(body), limit: MOST_ITEMS, now: at });
      if (ids.length === 0) throw new HubProblem('invalid', {}, [{ path: 'ids', problem: 'no conversation of that kind' }]);
      const run = await this.runs.start(tx, { kind: act.kind, act, by: who.id, at }, ids);
      await this.record(tx, who, { action: 'bulk.start', id: run, facts: { kind: act.kind, count: ids.length } });
      return run;
    });
    return found(await this.view.of(id, at));
  }

  @Get('bulk-runs')
  @ApiOperation({ summary: 'My latest bulk runs' })
  @ApiOkResponse({ type: BulkRunsAnswer })
  async mine(@CurrentPrincipal() who: Principal): Promise<BulkRunsAnswer> {
    return { items: await this.view.latest(who.id, this.clock.now()) };
  }

  @Get('bulk-runs/:id')
  @ApiOperation({ summary: 'How far a bulk run is' })
  @ApiOkResponse({ type: BulkRunAnswer })
  async show(@CurrentPrincipal() who: Principal, @Param('id', new ParseUUIDPipe()) id: string): Promise<BulkRunAnswer> {
    await this.own(who, id);
    return found(await this.view.of(id, this.clock.now()));
  }

  @Post('bulk-runs/:id/cancel')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Stops a run: what has not been done stays undone' })
  @ApiOkResponse({ type: BulkRunAnswer })
  async cancel(@CurrentPrincipal() who: Principal, @Param('id', new ParseUUIDPipe()) id: string): Promise<BulkRunAnswer> {
    const run = await this.own(who, id);
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      if (!(await this.runs.cancel(tx, run.id, at))) return;
      await this.outbox.append(tx, at, [{ type: 'bulk.changed', conversationId: null, payload: { runId: run.id, state: 'canceled' } }]);
      await this.record(tx, who, { action: 'bulk.cancel', id });
    });
    return found(await this.view.of(id, at));
  }

  @Post('bulk-runs/:id/undo')
  @HttpCode(201)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'Takes back what a run assigned or tagged, where nobody has changed it since' })
  @ApiCreatedResponse({ type: BulkRunAnswer })
  async undo(@CurrentPrincipal() who: Principal, @Param('id', new ParseUUIDPipe()) id: string): Promise<BulkRunAnswer> {
    const run = await this.own(who, id);
    const at = this.clock.now();
    if (!['assign', 'tag'].includes(run.kind) || run.state === 'running') refuse('edge-not-allowed');
    const undo = await this.database.transaction(async (tx) => {
      const started = await this.runs.startUndo(tx, run, { by: who.id, at });
      if (!started) refuse('already-exists');
      await this.record(tx, who, { action: 'bulk.undo', id });
      return started;
    });
    return found(await this.view.of(undo, at));
  }

  private async own(who: Principal, id: string): Promise<BulkRunRow> {
    const run = found(await this.runs.find(this.database, id));
    return run.by === who.id || SEES_ALL.includes(who.role) ? run : refuse('not-found');
  }

  private record(
    tx: Transaction,
    who: Principal,
    { action, id, facts }: { action: string; id: string; facts?: Record<string, string | number> },
  ): Promise<void> {
    const actor = { kind: who.kind, id: who.id };
    return this.audit.record(tx, { actor, action, subject: 'bulk-run', subjectId: id, facts, at: this.clock.now() });
  }
}

const selectionOf = ({ ids, filter }: StartBulkBody): Selection => (ids ? { ids } : { filter: filter! });
