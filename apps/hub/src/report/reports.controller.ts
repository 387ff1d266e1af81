import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Reports, type FnolDraft, type Refusal, type ReportedBy } from '@claimline/claims';
import { Database, type Clock, type Transaction } from '@claimline/database';
import { Audit } from '@claimline/people';
import { DESK_ROLES } from '@claimline/protocol';
import { BeginReport } from '../flows/begin-report';
import { ManageReport } from '../flows/manage-report';
import { found } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { ReportView } from '../views/report.view';
import { PolicyDesk } from './policy-desk';
import { BeginReportBody, FillReportBody, ReportAnswer, ReportPageAnswer, ReportQueryParams, SetApartBody } from './report.dto';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe());

/** First notices of loss: from a conversation, from a call, or from another system with a key. */
@ApiTags('reports')
@Controller('api/reports')
@Roles(...DESK_ROLES, 'auditor', 'integration')
export class ReportsController {
  constructor(
    private readonly database: Database,
    private readonly view: ReportView,
    private readonly reports: Reports,
    private readonly beginning: BeginReport,
    private readonly manage: ManageReport,
    private readonly policies: PolicyDesk,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Reports that are being written, or that were submitted; newest change first' })
  @ApiOkResponse({ type: ReportPageAnswer })
  list(@CurrentPrincipal() who: Principal, @Query() query: ReportQueryParams): Promise<ReportPageAnswer> {
    return this.view.page(who, query);
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ summary: 'Begins a report, prefilled from its conversation, or goes on with the one that is open' })
  @ApiCreatedResponse({ type: ReportAnswer })
  async begin(@CurrentPrincipal() who: Principal, @Body() body: BeginReportBody): Promise<ReportAnswer> {
    const by = this.by(who);
    const start = { conversationId: body.conversation, channel: body.channel ?? channelOf(who), fields: body.fields };
    const id = await this.database.transaction(async (tx) => {
      const { draft, made } = await this.beginning.begin(tx, who, start, by);
      if (made) await this.note(tx, who, 'begin', draft.id);
      return draft.id;
    });
    return this.show(who, id);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One report with what it lacks, what may be the same loss, and what the customer sent' })
  @ApiOkResponse({ type: ReportAnswer })
  async show(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ReportAnswer> {
    const row = found(await this.view.row(who, id));
    return this.view.show(row, row.state === 'open' ? await this.reports.similar(this.database, row, who) : []);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Fills fields in; null takes one away. A policy is chosen by the ref of a candidate' })
  @ApiOkResponse({ type: ReportAnswer })
  fill(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: FillReportBody): Promise<ReportAnswer> {
    const by = this.by(who);
    const change = { ...body.fields, ...(body.policy && this.policies.chosen(body.policy, by.at)) };
    return this.change(who, id, null, (tx, draft) => this.reports.fill(tx, draft, change, by));
  }

  @Post(':id/submit')
  @HttpCode(200)
  @ApiOperation({ summary: 'Tells the claim core, once: submitting again changes nothing' })
  @ApiOkResponse({ type: ReportAnswer })
  submit(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ReportAnswer> {
    return this.database
      .transaction(async (tx) => {
        await this.manage.submit(tx, who, id, this.by(who));
        await this.note(tx, who, 'submit', id);
      })
      .then(() => this.show(who, id));
  }

  @Post(':id/apart')
  @HttpCode(200)
  @ApiOperation({ summary: 'A person has looked: it is none of these claims or reports' })
  @ApiOkResponse({ type: ReportAnswer })
  setApart(@CurrentPrincipal() who: Principal, @Id() id: string, @Body() body: SetApartBody): Promise<ReportAnswer> {
    return this.change(who, id, 'set-apart', async (tx, draft) => {
      await this.reports.setApart(tx, draft, body.references, this.by(who));
      return undefined;
    });
  }

  @Post(':id/discard')
  @HttpCode(200)
  @ApiOperation({ summary: 'Puts a report away that was none; it can be taken back' })
  @ApiOkResponse({ type: ReportAnswer })
  discard(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ReportAnswer> {
    return this.change(who, id, 'discard', (tx, draft) => this.reports.put(tx, draft, 'discarded', this.by(who)));
  }

  @Post(':id/take-back')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes a report back that was put away' })
  @ApiOkResponse({ type: ReportAnswer })
  takeBack(@CurrentPrincipal() who: Principal, @Id() id: string): Promise<ReportAnswer> {
    return this.change(who, id, 'take-back', (tx, draft) => this.reports.put(tx, draft, 'open', this.by(who)));
  }

  private async change(
    who: Principal,
    id: string,
    action: string | null,
    work: (tx: Transaction, draft: FnolDraft) => Promise<Refusal | undefined>,
  ): Promise<ReportAnswer> {
    await this.database.transaction(async (tx) => {
      await this.manage.change(tx, { viewer: who, id, by: this.by(who) }, (draft) => work(tx, draft));
      if (action) await this.note(tx, who, action, id);
    });
    return this.show(who, id);
  }

  private note(tx: Transaction, who: Principal, action: string, id: string): Promise<void> {
    return this.audit.record(tx, {
      actor: { kind: who.kind, id: who.id },
      action: `report.${action}`,
      subject: 'report',
      subjectId: id,
      at: this.clock.now(),
    });
  }

  private by(who: Principal): ReportedBy {
    return { accountId: who.kind === 'account' ? who.id : null, at: this.clock.now() };
  }
}

const channelOf = (who: Principal): string | undefined => (who.kind === 'api-key' ? 'api' : undefined);
