import { Body, Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, newId, type Clock, type Transaction } from '@claimline/database';
import { Accounts, Audit } from '@claimline/people';
import { ComplaintStore, csvOf } from '@claimline/quality';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { bundle } from '../platform/bundle';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { BrandView } from '../views/brand.view';
import { ComplaintReportView } from '../views/complaint-report.view';
import {
  ComplaintReportAnswer,
  ComplaintReportParams,
  FinishCorrectiveActionBody,
  NewCorrectiveActionBody,
  VersionedHandlingAnswer,
} from './complaints.dto';
import { HandlingRules } from './handling-rules';
import { monthNamed, monthOf, type Month } from './month';

const OFFICE = ['complaints-officer', 'supervisor', 'administrator'] as const;

/** What the report asks and writes. */
export const reportRooms = bundle('complaint report rooms', {
  brands: BrandView,
  accounts: Accounts,
  store: ComplaintStore,
  audit: Audit,
});
type ReportRooms = typeof reportRooms.holds;

/** The month in figures and rows, what is done about its causes, and how complaints are handled. */
@ApiTags('complaints')
@Controller('api/complaints')
@Roles(...OFFICE)
export class ComplaintReportController {
  constructor(
    private readonly database: Database,
    private readonly view: ComplaintReportView,
    private readonly rules: HandlingRules,
    @Given(reportRooms) private readonly rooms: ReportRooms,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('report')
  @Roles(...OFFICE, 'auditor')
  @ApiOperation({ summary: 'A month of complaints in figures; without one, this month' })
  @ApiOkResponse({ type: ComplaintReportAnswer })
  async report(@CurrentPrincipal() who: Principal, @Query() query: ComplaintReportParams): Promise<ComplaintReportAnswer> {
    const { actionFrom } = await this.rules.read(this.database);
    return await this.view.report(who, await this.monthOf(who, query.month), actionFrom);
  }

  @Get('report.csv')
  @Roles(...OFFICE, 'auditor')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="complaints.csv"')
  @ApiOperation({ summary: 'The rows behind the figures' })
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  async rows(@CurrentPrincipal() who: Principal, @Query() query: ComplaintReportParams): Promise<string> {
    return csvOf(await this.view.rows(who, await this.monthOf(who, query.month)));
  }

  @Post('actions')
  @HttpCode(200)
  @ApiOperation({ summary: 'A corrective action with its owner; answers with the report of its month' })
  @ApiOkResponse({ type: ComplaintReportAnswer })
  async act(@CurrentPrincipal() who: Principal, @Body() body: NewCorrectiveActionBody): Promise<ComplaintReportAnswer> {
    const { rootCause, month, action, owner: ownerId, due } = body;
    await this.change(who, 'corrective-action', async (tx, at) => {
      found(await this.rooms.accounts.find(tx, ownerId));
      found((await this.rules.read(tx)).rootCauses.find(({ code }) => code === rootCause));
      const id = newId(at);
      await this.rooms.store.addAction(tx, {
        id,
        rootCause,
        month,
        action,
        ownerId,
        dueAt: new Date(due),
        createdBy: who.id,
        createdAt: at,
      });
      return id;
    });
    return await this.report(who, { month });
  }

  @Post('actions/:id/done')
  @HttpCode(200)
  @ApiOperation({ summary: 'A corrective action is done, with what came of it' })
  @ApiOkResponse({ type: ComplaintReportAnswer })
  async done(
    @CurrentPrincipal() who: Principal,
    @Param('id', new ParseUUIDPipe()) id: string,
    @Body() { result }: FinishCorrectiveActionBody,
  ): Promise<ComplaintReportAnswer> {
    await this.change(who, 'corrective-action-done', async (tx, at) => {
      found((await this.rooms.store.finishAction(tx, id, { result, at })) || undefined);
      return id;
    });
    return await this.report(who, {});
  }

  @Get('handling')
  @Roles(...OFFICE, 'auditor', 'adjuster', 'hotline', 'counter', 'mailroom')
  @ApiOperation({ summary: 'Playbooks, causes, regulators and lines, with their version' })
  @ApiOkResponse({ type: VersionedHandlingAnswer })
  async handling(): Promise<VersionedHandlingAnswer> {
    return (await this.rules.read(this.database)) as VersionedHandlingAnswer;
  }

  @Put('handling')
  @ApiOperation({ summary: 'Publish the next version of how complaints are handled' })
  @ApiOkResponse({ type: VersionedHandlingAnswer })
  @ApiConflictResponse({ description: '`already-exists`: somebody has changed it since `version`' })
  async setHandling(@CurrentPrincipal() who: Principal, @Body() body: VersionedHandlingAnswer): Promise<VersionedHandlingAnswer> {
    const { version, ...handling } = body;
    await this.change(who, 'handling', async (tx, at) => {
      await this.rules.write(tx, handling, { version, at, by: who.kind === 'account' ? who.id : null });
      return null;
    });
    return await this.handling();
  }

  private async monthOf(who: Principal, name: string | undefined): Promise<Month> {
    const { time_zone: zone } = await this.rooms.brands.first(who.brandIds);
    return name ? monthNamed(name, zone) : monthOf(this.clock.now(), zone);
  }

  private async change(who: Principal, action: string, work: (tx: Transaction, at: Date) => Promise<string | null>): Promise<void> {
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      const subjectId = await work(tx, at);
      const actor = { kind: who.kind, id: who.id };
      await this.rooms.audit.record(tx, { actor, action: `complaint.${action}`, subject: 'complaint', subjectId, at });
    });
  }
}
