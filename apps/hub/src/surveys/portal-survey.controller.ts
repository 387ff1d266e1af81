import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Contacts } from '@claimline/conversations';
import { Database, type Clock } from '@claimline/database';
import { claimReference, salutation } from '@claimline/notifications';
import { SURVEY_QUESTIONS } from '@claimline/quality';
import type { FastifyRequest } from 'fastify';
import { AnswerSurvey } from '../flows/answer-survey';
import { found, HubProblem } from '../http/problem';
import { Given } from '../platform/plain';
import { CLOCK } from '../platform/tokens';
import { PortalDoor } from '../portal/portal-door';
import { PortalWelcomeView } from '../views/portal-welcome.view';
import { GiveSurveyAnswersBody, SurveyAskedAnswer } from './surveys.dto';

/** The page on which a customer says how it went. Public behind its token, which works once; nothing on it is worth a code. */
@ApiTags('portal')
@Controller('api/portal/survey')
export class PortalSurveyController {
  constructor(
    private readonly database: Database,
    private readonly door: PortalDoor,
    private readonly welcome: PortalWelcomeView,
    private readonly contacts: Contacts,
    private readonly flow: AnswerSurvey,
    @Given(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':token/questions')
  @ApiOperation({ summary: 'What the customer is asked, and about which claim' })
  @ApiOkResponse({ type: SurveyAskedAnswer })
  async ask(@Param('token') token: string, @Req() request: FastifyRequest): Promise<SurveyAskedAnswer> {
    const link = await this.door.open(request, 'survey', token);
    const contact = found(await this.contacts.find(this.database, link.contactId));
    const { language } = await this.welcome.brandOf(link);
    return {
      claim: claimReference(link.claimNumber ?? '', 'P1'),
      salutation: salutation(contact, language),
      questions: [...SURVEY_QUESTIONS],
    };
  }

  @Post(':token/answers')
  @HttpCode(204)
  @ApiOperation({ summary: 'All five answers; works once' })
  @ApiNoContentResponse({ description: 'They are stored' })
  async answer(@Param('token') token: string, @Body() body: GiveSurveyAnswersBody, @Req() request: FastifyRequest): Promise<void> {
    const link = await this.door.open(request, 'survey', token);
    const given = { scores: body.scores, comment: body.comment || null, at: this.clock.now() };
    const stored = await this.database.transaction((tx) => this.flow.byPage(tx, link, given));
    if (!stored) throw new HubProblem('link-used');
  }
}
