import { Body, Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, type Clock } from '@claimline/database';
import { Audit } from '@claimline/people';
import { DESK_ROLES } from '@claimline/protocol';
import { baselinesOfCsv, surveyCsv, SurveyStore } from '@claimline/quality';
import { AnswerSurvey } from '../flows/answer-survey';
import { found, HubProblem } from '../http/problem';
import { CurrentPrincipal, Roles, type Principal } from '../http/principal';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { BrandView } from '../views/brand.view';
import { SurveyReportView } from '../views/survey-report.view';
import { periodOf, type Period } from './period';
import {
  GiveSurveyAnswersBody,
  ImportBaselineBody,
  SurveyBaselineAnswer,
  SurveyInvitationsAnswer,
  SurveyReportAnswer,
  SurveyReportParams,
  SurveyStoredAnswer,
} from './surveys.dto';

/** How satisfied customers are: the report, what it is measured against, and what somebody was told on the phone. */
@ApiTags('surveys')
@Controller('api/surveys')
@Roles('supervisor', 'administrator')
export class SurveysController {
  constructor(
    private readonly database: Database,
    private readonly view: SurveyReportView,
    private readonly surveys: SurveyStore,
    private readonly flow: AnswerSurvey,
    private readonly brands: BrandView,
    private readonly audit: Audit,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('report')
  @Roles('supervisor', 'administrator', 'auditor')
  @ApiOperation({ summary: 'Satisfaction over some days, against the baseline and the days before; without days, the last thirty' })
  @ApiOkResponse({ type: SurveyReportAnswer })
  async report(@CurrentPrincipal() who: Principal, @Query() query: SurveyReportParams): Promise<SurveyReportAnswer> {
    return this.view.report(who, await this.period(who, query));
  }

  @Get('report.csv')
  @Roles('supervisor', 'administrator', 'auditor')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="satisfaction.csv"')
  @ApiOperation({ summary: 'The responses behind the figures' })
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  async rows(@CurrentPrincipal() who: Principal, @Query() query: SurveyReportParams): Promise<string> {
    return surveyCsv(await this.view.rows(who, await this.period(who, query)));
  }

  @Get('invitations/:claim')
  @Roles(...DESK_ROLES, 'auditor')
  @ApiOperation({ summary: 'Whether the customer of a claim was asked, why not, and what they answered' })
  @ApiOkResponse({ type: SurveyInvitationsAnswer })
  async invitations(@CurrentPrincipal() who: Principal, @Param('claim') claim: string): Promise<SurveyInvitationsAnswer> {
    return { items: await this.view.ofClaim(who, claim) };
  }

  @Post('baseline')
  @HttpCode(200)
  @ApiOperation({ summary: 'Import a baseline with the day from which it counts, as JSON or CSV' })
  @ApiOkResponse({ type: SurveyBaselineAnswer })
  async baseline(@CurrentPrincipal() who: Principal, @Body() body: ImportBaselineBody): Promise<SurveyBaselineAnswer> {
    const percents = body.percents ?? baselinesOfCsv(body.csv ?? '');
    if (!percents || Object.keys(percents).length === 0)
      throw new HubProblem('invalid', {}, [{ path: 'csv', problem: 'lines are `question,percent`' }]);
    const { effectiveOn } = body;
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      await this.surveys.importBaselines(tx, percents, { effectiveOn, at, by: who.kind === 'account' ? who.id : null });
      const about = { action: 'survey.import-baseline', subject: 'survey', subjectId: null, facts: { effectiveOn, ...percents } };
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, ...about, at });
    });
    const now = await this.surveys.baselines(this.database, effectiveOn);
    return { effectiveOn: now.effectiveOn, percents: { ...now.percents } };
  }

  @Post(':id/phone')
  @HttpCode(200)
  @Roles(...DESK_ROLES)
  @ApiOperation({ summary: 'What a customer answered on the phone; the task to call them is done' })
  @ApiOkResponse({ type: SurveyStoredAnswer })
  @ApiConflictResponse({ description: '`already-taken`: nobody is to be asked any more' })
  async phone(
    @CurrentPrincipal() who: Principal,
    @Param('id', new ParseUUIDPipe()) id: string,
    @Body() body: GiveSurveyAnswersBody,
  ): Promise<SurveyStoredAnswer> {
    const invitation = found(await this.surveys.find(this.database, id));
    found((await this.view.ofClaim(who, invitation.claimNumber)).find((one) => one.id === id));
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const by = who.kind === 'account' ? who.id : null;
      const response = await this.flow.byPhone(tx, id, { scores: body.scores, comment: body.comment || null, at, by });
      if (!response) throw new HubProblem('already-taken');
      const about = { action: 'survey.answer-by-phone', subject: 'survey', subjectId: id };
      await this.audit.record(tx, { actor: { kind: who.kind, id: who.id }, ...about, at });
      return { id, response };
    });
  }

  private async period(who: Principal, query: SurveyReportParams): Promise<Period> {
    const { time_zone: zone } = await this.brands.first(who.brandIds);
    const period = periodOf(query, zone, this.clock.now());
    if (!period) throw new HubProblem('invalid', {}, [{ path: 'to', problem: 'lies before `from`' }]);
    return period;
  }
}
